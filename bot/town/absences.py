from bot.town.parts import Town
from domain.absences.reading import AskAbsence, ListAbsenceDays, ShowAbsenceDay
from domain.absences.service import CertifyAbsence, DeclareAbsence, NoteAbsence, WithdrawAbsence
from handlers.use_cases.absences import Absences


def for_parents(town: Town) -> Absences:
    parts = town.absences, town.catalogues, town.clock
    return Absences(
        list_absence_days=ListAbsenceDays(*parts),
        show_absence_day=ShowAbsenceDay(*parts),
        ask_absence=AskAbsence(ShowAbsenceDay(*parts)),
        declare_absence=DeclareAbsence(*parts),
        note_absence=NoteAbsence(*parts),
        certify_absence=CertifyAbsence(*parts),
        withdraw_absence=WithdrawAbsence(*parts),
    )
