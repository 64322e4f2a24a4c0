"""Which columns each table has: fixed, so that a program written for one archive reads every other.

A dot leads into a part of a record. A line that begins with a name and a colon is a table of its own, of a list in the
record. Whatever a record holds beyond its columns stands in its cell `more`, as JSON: nothing is lost by a new field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from waystation.access import TYPES

HEAD = ("id", "revision", "made_at", "made_by", "changed_at", "changed_by", "changes", "files", "retain_until")
ITEM = ("record", "place")             # of a list: whose, and where in it, from 0
TAIL = ("more", "demonstration")       # the last is "invented" in a demonstration, in every row, and else empty
ITEMS = ("id", "at", "by")             # what nearly every item of a list has


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one type of record, and of each list in it that has a table of its own."""

    fields: tuple[str, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_ROW = "sheet key removed batch "
_ROWS: Mapping[str, str] = {
    "case": """
        ref alias status request_status worker deputy wish request.received_at request.channel request.requester_kind
        request.country request.adm1 request.goal request.goal_country request.head_count request.children
        request.infants request.over_60 request.pregnant_weeks request.situation request.needs request.danger_now
        request.story need_scale.value need_scale.reason safety_scale.value safety_scale.reason interpreter.code
        interpreter.language interpreter.is_broker_of_case household_records
        people: code birth sex adult needs fitness
        relations: type from to certainty
        households: name head members kin stay_together
        consents: person purpose recipient country data said mode language interpreter explained_by day until
        standing: person tell tell_not name public proxy guardian signed_on explained_by language
        choices: person plan answer said present language interpreter
        tasks: text for due done_at done_by
        followups: text for due
        promises: text due
        notes: text
        best_interest: person guardian text approval
        sheets: plan digest said
        timeline: kind text plan decision entry debt journey incident application followup
        published: slug story people to
        packs: pack people to purposes""",
    "person": """
        case household call_back.number call_back.safe_times
        names: person kind script order text""",
    "money": """
        sort kind what direction amount currency day case case_id contact payer method source grade purpose note told
        unit creditor principal monthly repay since due paid legal legal_note choice reason why second flags approval
        proof_asked no_receipt corrects place income works work_ends security
        payments: day amount
        schedule: due amount
        rates: day base quote value source verify""",
    "incident": """
        kind status case case_ref journey began province force feared silent how_known demand.line demand.at part
        log: kind text
        tasks: name owner
        proposals: code distance state through
        told: communication ref to which state language on digest corrects
        corrected: says""",
    "note": "title text",
    "place": _ROW + """
        row.code row.kind row.near row.area row.map_lat row.map_lon row.goal row.max_wait row.conditions row.as_of
        row.river row.seasons row.title row.format row.fictional row.step_hours row.country row.currency
        row.money_currency row.money_value row.stay_value row.wait_cost row.cooling export import
        copies approval left_out""",
    "spot": "place text case contact lat lon",
    "leg": _ROW + """
        row.code row.leg row.part row.from row.to row.mode row.capacity row.cost row.fee row.currency row.per_unit
        row.exposure row.exertion row.swim row.walk_km row.carry_kg row.uncooled_h
        row.group_max row.pregnancy_max_weeks row.profile row.q1 row.q2
        row.q3 row.min row.max row.months row.weekdays row.date row.from_date row.to_date row.status row.reason
        row.legs""",
    "report": _ROW + """
        row.source row.reliability row.credibility row.hand row.origin row.observed_at row.received_at row.valid_for
        row.area row.condition""",
    "hazard": _ROW + """
        row.leg row.mode row.condition row.season row.scope row.country row.share row.most_likely row.surely_below
        row.strength row.split row.basis row.author row.date row.started row.ended row.ended_at row.last_heard
        row.outcome row.party_size row.ever_reported row.keep row.from_condition row.to_condition row.delay_median
        row.delay_95 row.reason""",
    "contact": """
        code_name helper roles standing motive countries places legs languages introduced_by brought_by_others armed
        holds
        grades: grade reason reviewer given ends
        vettings: result reviewer for against steps cleared_for on ends
        tasks: task on went
        asked: on of amount currency paid proof release within_h case""",
    "handle": "contact channel value safe_hours last_used",
    "plan": """
        case case_ref title question made_at state headline first journey people limit expert fictional digest uses
        waits before facts sheets what_if
        exposed: number place to leg branch count most over helpers houses parties beyond
        lines: letter kind leg mode start end unknown
        places: code kind near country lat lon goal
        aloud: language title parts names_number""",
    "decision": """
        case case_ref plan question people chosen reasons alternatives stake abort_rule look_again change_of_mind
        digest_seen biases knew approval""",
    "season": """
        title made_at first_week weeks currency month caps names answer digest decided knew until approval declined_by
        declined_why
        left: case why
        chosen: mission what way reason""",
    "journey": """
        case case_ref plan decision status status_case size people at goals handed_at proof proof_text words.well
        words.other ahead
        legs: leg start end started heard ended code size arrived guide condition due
        checkins: leg word condition present source channel text
        releases: leg start end to channel text until
        log: kind text""",
    "testimony": """
        case case_ref person witness kind adult topics status title text language taken_on taken_by until
        planned.reason planned.elsewhere planned.earlier taken.method taken.place_kind taken.interpreter
        taken.inducement taken.inducement_text taken.explained counsel.flag counsel.note embargo_until
        consents: use said until guardian
        versions: n kind language of day method machine tool text salt commit before circumstances
        segments: n start end speaker uses risk sensitive
        claims: n start end says how_known certainty facility told_by published item restricted own_part status
        links: one other kind why note
        captor: perpetrator note
        tasks: text due done_at done_by
        handed: to use day
        notices: to why done_at done_by""",
    "item": """
        case title text kind source sort origin creator acquired_from acquired_on how state salt custody_salt
        custody codes said original answers name mark recipient jurisdiction key purpose alone shown approval built
        use to state_of data
        copies: number file format size sha256 sha512 salt why boxes width height appears found_by approval
        parts: item code original copies
        statements: statement code versions
        consents: person scope day expiry case who""",
    "signer": """
        sort desk key request certificate root slot name
        stamps: week stamped""",
    "coded": """
        case kind day place text sort certainty country when facility involvement perpetrator perpetrator_of motive
        death standard found_by methods victim conditions after unit rank image_date baseline sensor feature observed
        change interpreted inferred.quantity inferred.lo inferred.hi inferred.model confidence.observed
        confidence.interpreted confidence.inferred partner reviewed_by reviewed_on who said_on words citation event name
        work agreement
        claims: of claim certainty verification sources standing""",
    "dossier": "case addressee title text sent_on",
    "followup": """
        case case_ref person code arrived no_contact.why no_contact.at no_contact.by outcome.code outcome.day
        outcome.text
        talks: milestone day housing income work hours tenure harassed benefits benefits_missing language school screen
        afraid staff needs satisfaction text
        discrimination: where what action
        relations: what since together
        reunions: case with""",
    "application": """
        case case_ref persons codes apart pathway state status before authority ref_no filed_at legal_basis counsel
        no_counsel unity measures held.state held.facility held.since held.look held.health decision.result
        decision.day decision.reasons decision.instrument appeal_by
        steps: order began ended
        grounds: person claims profile fear since_leaving nationality
        interviews: day summary interpreter
        shared: person data country authority what
        log: event from to text""",
    "story": """
        sort stage title dek language year season warning until course selection.why selection.withheld described.sex
        described.band cleared.at published.slug published.at recalled.at recalled.reason
        segments: label heading text source proof
        people: case person data byline
        motifs: name decided
        calls: text url
        sources: text url
        register: kind who what until
        reach: kind number day source
        counts: matches over""",
    "digest": """
        sort story partner organisation reader key purpose recipient why until copy.mark copy.digest copy.sha256
        copy.apart copy.at stopped.at stopped.by stopped.reason told
        people: case person byline
        heard: how
        log: word day text""",
    "petition": """
        sort title language text demands addressee addressed plan apart closed.at closed.by closed.count
        closed.digest delivered.on delivered.where delivered.by_whom delivered.to_whom delivered.how petition sheet how
        rows: name country struck""",
    "directory": """
        sort name others office body country authority languages address as_of note who standing said_on language text
        translation denies about author source kind day yearly ahead raise
        terms: what why keeps onward signed_on until ended_on ended_why
        asked: on how about again answer closed
        raised: for what answer""",
    "publication": """
        sort title titles kind genres container publisher reviews people issued issued_words looked_up language address
        name others role does source text author
        authors: name is
        facts: text where when
        left: why count
        removed: what count""",
    "communication": """
        case case_ref incident ref to which listed state language corrects says first demands profiles own denial
        signing signed ended.at ended.says
        versions: digest named paper
        taken: form digest
        sent: on through receipt digest
        looks: says""",
    "message": "received_at text channel",
    "dropkey": "made_on",
    "duty": "sort who start end first last stand_in to open promised deferred week count",
    "card": "title text",
    "setting": "sort",
    "takeout": """
        order.purpose order.agreement order.until order.recipients approval
        built: text archives""",
}


def _columns(text: str) -> Columns:
    fields, lists, into = list[str](), dict[str, tuple[str, ...]](), ""
    for word in text.split():
        if word.endswith(":"):
            into = word[:-1]
            lists[into] = ITEMS
        elif into:
            lists[into] += (word,)
        else:
            fields.append(word)
    return Columns(tuple(fields), MappingProxyType(lists))


COLUMNS: Mapping[str, Columns] = MappingProxyType(
    {name: _columns(_ROWS.get(name, "")) for name in TYPES if name != "audit"})

FILES = ("id", "record", "type", "name", "mime", "size", "sha256", "path", "demonstration")
HISTORY = ("record", "type", "place", "at", "by", "what", "was", "fields", *TAIL)
ACTS = ("number", "hour", "at", "by", "do", "vault", "version", "account", "why", "second", "result", "count", *TAIL)
ACCOUNTS = ("id", "state", "handle", "name", "roles", "language", "deputy", "invited_by", "invited_on", "demonstration")
HOLDERS = ("record", "holder", "until", "demonstration")
MANIFEST = ("sort", "name", "value", "in_the_office", "in_this_archive", "not_opened")
NOT_OPENED = ("sort", "id", "why", "demonstration")
