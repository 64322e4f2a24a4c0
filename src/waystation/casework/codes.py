"""The words of a case as codes: what is chosen on a form, stored in a record and counted in a figure.

Codes are the field's where it has some: specific needs of UNHCR (marked `verify`: the list is a public copy of the
annex of 2009, whose part on disability was revised since), sex by ISO 5218. The others are this project's and may grow.
An empty code means that nobody knows or nobody asked; it is never a "no".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Codes = Mapping[str, str]


def _codes(**words: str) -> Codes:
    return MappingProxyType(words)


SITUATION = _codes(
    in_dprk="in North Korea", in_hiding="in hiding", held_by_captor="held by a captor", detained="detained",
    en_route="on the way", in_custody_of_transit_state="in custody of a transit state", at_mission="at a mission",
    in_process="status being decided", resettled="resettled", missing="missing",
    returned_to_dprk="returned to North Korea", deceased="deceased",
)
CHANNEL = _codes(
    relative_call="call of a relative", broker_call="call of a broker", video="video call or film", message="message",
    partner_ngo="partner organisation", church="church", walk_in="came in person", embassy="embassy", self="own call",
)
REQUESTER = _codes(
    self="the person", parent="a parent", child="a child of the person", sibling="a brother or sister",
    spouse="the spouse", formerly_helped="somebody helped before", broker="a broker", partner="a partner organisation",
    unknown="not known",
)
DANGER = _codes(none="none now", days="within days", hours="within hours", now="now")
GOAL = _codes(safety="safety", reunification="to join somebody", status="a status in a country")
TRIAGE = _codes(now="now", day="24 hours", week="a week", plan="plan", refer="refer", decline="decline")
DECLINE = _codes(
    no_capacity="no capacity", unsafe_for_others="unsafe for others", not_our_field="not our field",
    identity="identity not established", withdrawn="withdrawn", lost_contact="contact lost",
)
PUSH = _codes(
    famine="famine", persecution="persecution", family="family", trafficking="trafficking", religion="religion",
    punishment="punishment feared", other="something else",
)
SEX = _codes(**{"0": "not known", "1": "male", "2": "female", "9": "not applicable"})
POSITION = _codes(head="head", spouse="spouse", child="child", parent="parent", sibling="brother or sister",
                  other="other relative", alone="alone")
STAY_TOGETHER = _codes(must="must stay together", prefer="prefer to stay together", may="may be split")
CERTAINTY = _codes(documented="documented", stated="stated by both", one_side="stated by one", assumed="assumed")
CARE = _codes(biological="by birth", guardian="as guardian")
HELD_BY = _codes(self="the person", broker="a broker", employer="an employer", spouse="spouse or captor",
                 police="police", family="family", lost="lost or destroyed", never="never had any")
ANSWER = _codes(yes="yes", no="no", not_yet="not yet")


@dataclass(frozen=True, slots=True)
class Relation:
    """How one person stands to another; `back` is the same seen from the other side."""

    words: str
    back: str


RELATION: Mapping[str, Relation] = MappingProxyType({
    "parent": Relation("parent of", "child"), "child": Relation("child of", "parent"),
    "sibling": Relation("brother or sister of", "sibling"), "spouse": Relation("husband or wife of", "spouse"),
    "partner": Relation("partner of", "partner"), "grandparent": Relation("grandparent of", "grandchild"),
    "grandchild": Relation("grandchild of", "grandparent"), "aunt_uncle": Relation("aunt or uncle of", "niece_nephew"),
    "niece_nephew": Relation("niece or nephew of", "aunt_uncle"), "cousin": Relation("cousin of", "cousin"),
    "in_law": Relation("related by marriage to", "in_law"), "guardian": Relation("guardian of", "ward"),
    "ward": Relation("in the care of", "guardian"), "friend": Relation("friend of", "friend"),
    "captor": Relation("holds", "captive"), "captive": Relation("is held by", "captor"),
})


@dataclass(frozen=True, slots=True)
class Need:
    """A specific need: the family it belongs to, what it is, and whether the code is UNHCR's or a local one."""

    family: str
    words: str
    local: bool = False


_FAMILIES = {
    "CR": ("child at risk", _codes(CP="child who is a parent", CS="child who is married",
                                   CC="child who cares for others",
                                 TP="teenage pregnancy", LW="worst forms of child labour", LO="other child labour",
                                 NE="child not in school", SE="needs special education", AF="child with armed groups",
                                 CL="child in conflict with the law")),
    "SC": ("unaccompanied or separated child", _codes(SC="separated child", UC="unaccompanied child",
                                                    CH="household headed by a child", IC="child in an institution",
                                                    FC="child in foster care")),
    "WR": ("woman at risk", _codes(WR="woman at risk", SF="single woman at risk", LC="breast-feeding")),
    "ER": ("older person", _codes(NF="older person alone", MC="older person with children",
                                FR="older person who cannot care for themselves")),
    "SP": ("single parent or caregiver", _codes(PT="single parent", GP="single grandparent", CG="single caregiver")),
    "DS": ("disability", _codes(BD="visual impairment", DF="hearing impairment", PM="moderate physical disability",
                              PS="severe physical disability", MM="moderate mental disability",
                              MS="severe mental disability", SD="speech impairment")),
    "SM": ("serious medical condition", _codes(MI="mental illness", MN="malnutrition", DP="difficult pregnancy",
                                             CI="chronic illness", CC="critical condition", OT="other condition",
                                             AD="addiction")),
    "FU": ("family unity", _codes(TR="tracing needed", FR="family reunification needed")),
    "LP": ("legal or physical protection", _codes(
        ND="no documents", BN="basic needs not met", NA="no access to services", MM="mixed marriage",
        MD="displaced more than once", RR="risk of forced return", RD="risk of removal",
        DA="detained in the country of asylum", DO="detained in the country of origin", DT="detained elsewhere",
        IH="in hiding", WP="no witness protection", AN="violence, abuse or neglect",
        RP="at risk because of who they are", MS="shunned by others", LS="no durable solution",
        AP="alleged perpetrator", CR="criminal record",
        ST="threat to security", AF="formerly with armed forces")),
    "TR": ("survivor of torture", _codes(PI="harmed by torture", HO="forced to take part in atrocities",
                                       WV="witness of violence")),
    "SV": ("survivor of sexual or gender-based violence", _codes(
        VA="violence in the country of asylum", VF="violence during flight", VO="violence in the country of origin",
        GM="genital mutilation", HP="harmful practice", HK="threat of honour killing", FM="forced marriage",
        SS="survival sex")),
}
_LOCAL = _codes(TB="sold as a bride", CH="child of a Chinese father, left or with", RH="earlier forced return",
              IN="insider who is a witness", SI="would die rather than be captured", BD="debt to a broker",
              RK="relatives in North Korea at risk", ML="contact with religion, which worsens punishment")

NEEDS: Mapping[str, Need] = MappingProxyType({
    **{f"{family}-{code}": Need(name, words) for family, (name, codes) in _FAMILIES.items()
       for code, words in codes.items()},
    **{f"NK-{code}": Need("of people from North Korea", words, local=True) for code, words in _LOCAL.items()},
})

# whoever has one of these is never left without another adult, whatever was said: by need, not by what they promise
NEVER_ALONE = frozenset({"ER-FR", "DS-PS", "DS-MS", "SM-CC", "SM-MI", "SM-DP", "NK-SI"})


def need_words(code: str) -> str:
    """What a need is; an unknown code stays as it is, because somebody meant something by it.

    >>> need_words("SM-DP"), need_words("NK-TB"), need_words("XX-YY")
    ('difficult pregnancy', 'sold as a bride', 'XX-YY')
    """
    return NEEDS[code].words if code in NEEDS else code


LISTS: Mapping[str, Codes] = MappingProxyType({
    "situation": SITUATION, "channel": CHANNEL, "requester": REQUESTER, "danger": DANGER, "goal": GOAL,
    "triage": TRIAGE, "decline": DECLINE, "push": PUSH, "sex": SEX, "position": POSITION,
    "stay_together": STAY_TOGETHER,
    "certainty": CERTAINTY, "care": CARE, "held_by": HELD_BY, "answer": ANSWER,
})


def every_word() -> tuple[str, ...]:
    """Every label of every list, for whoever translates them.

    >>> "held by a captor" in every_word(), "difficult pregnancy" in every_word()
    (True, True)
    """
    plain = [words for codes in LISTS.values() for words in codes.values()]
    needs = [word for need in NEEDS.values() for word in (need.words, need.family)]
    return tuple(dict.fromkeys([*plain, *needs, *(relation.words for relation in RELATION.values())]))
