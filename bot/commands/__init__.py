"""The commands of `cartable`, gathered by `bot.cli`; they import late, so that `--help` is quick."""
