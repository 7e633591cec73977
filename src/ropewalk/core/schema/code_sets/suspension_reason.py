"""Reasons for suspensions and exclusions. DS here is abuse about disability, not Down syndrome.

The codes added in May 2026 are taken to hold from 2026/27 on; the first census to use them is not confirmed.
"""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="suspension_reason",
    title="Reasons for suspension",
    source="Department for Education, Common Basic Data Set, code table of May 2026",
    codes=(
        Code("PP", "Physical assault on a pupil"),
        Code("PA", "Physical assault on an adult"),
        Code("VP", "Verbal abuse or threat to a pupil"),
        Code("VA", "Verbal abuse or threat to an adult"),
        Code("OW", "Use or threat of an offensive weapon or prohibited item", since="2020/21"),
        Code("BU", "Bullying"),
        Code("RA", "Racist abuse"),
        Code("LG", "Abuse about sexual orientation or gender identity", since="2020/21"),
        Code("DS", "Abuse about disability", since="2020/21"),
        Code("SM", "Sexual misconduct"),
        Code("DA", "Drugs or alcohol"),
        Code("DM", "Damage"),
        Code("TH", "Theft"),
        Code("DB", "Persistent or general disruption"),
        Code("MT", "Misuse of social media or online technology", since="2020/21"),
        Code("PH", "Wilful breach of public health protection", since="2020/21"),
        Code("OT", "Other", until="2019/20"),
        Code("BW", "Brought a weapon", since="2026/27"),
        Code("TB", "Cyber-bullying", since="2026/27"),
        Code("SB", "Harmful sexual behaviour", since="2026/27"),
        Code("MB", "Misogynistic behaviour", since="2026/27"),
        Code("AB", "Misandrist behaviour", since="2026/27"),
        Code("DR", "Drugs", since="2026/27"),
        Code("AR", "Alcohol", since="2026/27"),
        Code("SR", "Smoking", since="2026/27"),
        Code("VR", "Vaping", since="2026/27"),
        Code("LD", "Low-level disruption", since="2026/27"),
        Code("CB", "Challenging behaviour", since="2026/27"),
        Code("MP", "Mobile phone", since="2026/27"),
        Code("OS", "Behaviour outside school", since="2026/27"),
    ),
)
