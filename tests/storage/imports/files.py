"""A small town as its other software writes it: CSV files in a folder."""

# ruff: noqa: E501 - lines of tables
from pathlib import Path

TOWN = {
    "structures": """code,name,welcome,zone,draft_hours,debt_threshold
MAIRIE,Mairie,Bienvenue,Europe/Paris,24,-50
""",
    "holidays": """structure,kind,first,last
MAIRIE,school,2026-12-19,2027-01-03
MAIRIE,public,2026-12-25,
""",
    "activities": """code,structure,name,arrival,departure,weekdays,book_by,cancel_by,wallet,waitlist,approval
CANT,MAIRIE,Restauration,12:00,13:30,lu ma je ve,2d 09:00 working,48h,Périscolaire,automatic,no
ALSH,MAIRIE,Mercredi,07:30,18:00,mercredi,none,none,Loisirs,automatic,oui
""",
    "openings": """activity,day,open,arrival,departure,places
CANT,2026-12-07,yes,,,2
CANT,2026-12-08,yes,,,unlimited
ALSH,2026-12-09,oui,08:00,17:00,1
""",
    "tariffs": """activity,valid_from,valid_to,day_kind,bracket_min,bracket_max,slice_minutes,amount
CANT,2026-09-01,,any,,700,,"2,50"
CANT,2026-09-01,,any,700,,,4.00
ALSH,2026-09-01,,any,,,,15
""",
    "families": """code,resident
F1,yes
F2,non
""",
    "quotients": """family,valid_from,valid_to,value
F1,2026-01-01,2026-12-31,650
""",
    "guardians": """code,family,identifier,civility,first_name,last_name,emails,structures
G1,F1,DUPONT1,M.,Jean-Paul,Dupont,jp@exemple.fr;jp2@exemple.fr,MAIRIE
G2,F2,MARTIN1,Mme,Zoé,Martin,,
""",
    "children": """code,families,first_name,last_name,school_class
C1,F1,Leyah,Dupont,CE1 B
C2,F1;F2,Noé,Martin,
""",
    "enrolments": """child,activity,valid_from,valid_to,age_group
C1,CANT,2026-09-01,2027-07-03,
C2,ALSH,01/09/2026,03/07/2027,6-12
""",
    "consumptions": """code,family,child,activity,day,unit_price,quantity
K1,F1,C1,CANT,2026-11-02,2.50,1
""",
    "payments": """code,family,structure,wallet,day,amount,mode,number,payer,bank
P1,F1,MAIRIE,Périscolaire,2026-11-03,20,CB,123,M. Dupont,
""",
    "wallets": """family,structure,wallet,balance,on
F1,MAIRIE,Périscolaire,30.00,2026-11-10
F2,MAIRIE,Loisirs,-4.50,2026-11-10
""",
}


def write(folder: Path, **changed: str | None) -> Path:
    """The town, but for the tables that are said otherwise; None leaves one out."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, text in (TOWN | changed).items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
