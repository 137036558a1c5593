"""The commands of `cartable`, gathered by `bot.cli`; imported late, so that `--help` is quick."""
