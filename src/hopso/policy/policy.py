"""The policy of a province: what its regulation leaves to numbers and choices.

Values only: a province is data (``profiles/policies/<name>``), an administrator
may change it, and every meeting keeps the values in force when it was
registered.  Nothing here asks which province it is.
"""
# ruff: noqa: RUF009 (``key`` returns a dataclass field, which is meant to be called there)

from dataclasses import dataclass
from dataclasses import field
from dataclasses import fields
from datetime import date

from hopso.policy.hosts import HostRule
from hopso.policy.timing import LeadTime
from hopso.policy.timing import ROUND_THE_CLOCK
from hopso.policy.timing import Session
from hopso.policy.timing import SESSIONS_OF_THE_DAY
from hopso.policy.timing import WorkCalendar


BLOCK, WARN = "block", "warn"
FORBID, NO_DOCUMENTS, WITH_PLAN = "forbid", "no_documents", "with_plan"
REFUSE = "refuse"
CHAIR, OFFICE_LEADER, NAMED = "chair", "office_leader", "named"
ANY_HOST = "*"


@dataclass(frozen=True)
class ApproverRule:
    """Who approves documents for meetings of one kind of host.

    host: ``<level>/<unit type>`` as in the vocabularies of units, or ``*``;
    approver: ``chair``, ``office_leader`` (a leader of the committee's office
    who attends) or ``named`` (whoever the registration names).
    """

    host: str
    approver: str

    def __post_init__(self):
        if self.approver not in (CHAIR, OFFICE_LEADER, NAMED):
            raise ValueError(f"unknown approver {self.approver!r}")
        if not self.host:
            raise ValueError("no host")

    def __str__(self):
        return f"{self.host}={self.approver}"

    @classmethod
    def parse(cls, text: str) -> "ApproverRule":
        """Read ``province/committee=office_leader``.  Raises ValueError."""
        host, _equals, approver = str(text).partition("=")
        return cls(host.strip(), approver.strip())


@dataclass(frozen=True)
class Codec:
    """How a value is written as plain data (text, number, list) and read back."""

    write: object
    read: object


def _tuple_of(read, write=str):
    return Codec(
        lambda value: [write(one) for one in value], lambda raw: tuple(read(one) for one in raw or ())
    )


def _one_of(*allowed):
    def read(raw):
        if raw not in allowed:
            raise ValueError(f"{raw!r} is none of {', '.join(allowed)}")
        return raw

    return Codec(str, read)


def _number(raw):
    if isinstance(raw, bool) or int(raw) < 0:
        raise ValueError(f"not a number: {raw!r}")
    return int(raw)


def _boolean(raw):
    if not isinstance(raw, bool):
        raise ValueError(f"neither true nor false: {raw!r}")
    return raw


def _body_line(raw):
    """Check a line ``<body>=<unit>``."""
    body, _equals, unit = (part.strip() for part in str(raw).partition("="))
    if not (body.isidentifier() and unit):
        raise ValueError(f"not <body>=<unit>: {raw!r}")
    return f"{body}={unit}"


def _cycle(raw):
    """Check a line ``<body>=<months>``."""
    body, _equals, months = (part.strip() for part in str(raw).partition("="))
    if not (body.isidentifier() and 1 <= int(months or 0) <= 120):
        raise ValueError(f"not <body>=<months>: {raw!r}")
    return f"{body}={int(months)}"


def _host_line(raw):
    return str(HostRule.parse(raw))


def _date(raw):
    return raw if raw is None or isinstance(raw, date) else date.fromisoformat(raw)


TEXT = Codec(str, lambda raw: str(raw or ""))
NUMBER = Codec(int, _number)
BOOLEAN = Codec(bool, _boolean)
DATE = Codec(lambda value: value.isoformat() if value else None, _date)
DATES = _tuple_of(_date, date.isoformat)
WORDS = _tuple_of(str)
LEAD = Codec(lambda value: str(value) if value else "none", LeadTime.parse)


def key(default, codec, rule: str = "", *, frozen: bool = True):
    """Declare a key: its default, how it is written, the rule it comes from; *frozen*: meetings keep it."""
    return field(default=default, metadata={"codec": codec, "rule": rule, "frozen": frozen})


def site_key(default, codec, rule: str = ""):
    """Declare a key that concerns the site alone: meetings keep no copy of it."""
    return key(default, codec, rule, frozen=False)


@dataclass(frozen=True)
class Policy:
    """The keys of section 8 of the rule catalogue; immutable.

    Lead times are LeadTime or None (not regulated).  Roles are names of roles
    (``hopso.security.matrix``) or identifiers of bodies, never names of bodies.

    name, title: short name of the province's profile and what people call it.
    legal_basis: the decisions it rests on, as text for people.
    valid_from, valid_to: first and last day in force, or None.
    rule_sets: prefixes of the rules in force, e.g. ``("BD",)``; none: all known.

    lead_time_normal: how long before its start a meeting is registered.
    lead_time_level: ``block`` or ``warn`` when that is too late.
    lead_time_urgent: the same for urgent meetings; allow_below_urgent: less is
    possible, then paper replaces documents (BD-7/3).
    urgent_approver_role: who must allow an urgent meeting; empty: nobody.
    urgent_call_required: the units concerned are told by telephone, on record.
    registrar_role: who receives registrations; registrar_body: in which body she works,
    empty: in the host unit itself.  approval_steps: roles that approve a meeting one
    after the other, before it is scheduled.
    document_approver_rules: who approves documents, by kind of host.
    operator_role, provider_role: bodies that run the system and the lines.
    bodies: which unit is which body here, ``tech_department=<id or name of the unit>`` a line.
    provider_unit: id or name of the unit that is the provider here; empty: none is named.
    operator_unit: id or name of the unit that is the body which runs the system here;
    empty: the only office at the top.
    classified_policy: ``forbid`` (no such meeting), ``no_documents`` (meeting yes,
    documents never), ``with_plan`` (with a protection plan).
    marker_level: ``refuse`` or ``warn`` when a file carries a secrecy marker.
    publish_within: from complete information to publication; publish_clock:
    ``round_the_clock`` or ``office_hours``.
    invitation_lead_time: invitations before the start (national rule, measured).
    rsvp_deadline: answers to invitations of meetings in the weekly calendar.
    device_notice: word about a missing device or account, before the start.
    tech_check_due: technical check, before the start.
    recording_default: meetings are recorded; recording_release_roles: on whose word
    recordings are handed out.
    conclusion_notice_within: conclusion notice after the end.
    audit_retention_years: how long entries of the audit log stay in the database at least.
    unit_confirmation_days: the data of a unit are confirmed that often; 0: never.
    password_max_age: days; 0: no limit.  password_min_length: characters;
    password_classes: how many of small letters, capitals, digits, other signs;
    password_history: how many former passwords may not come again.
    otp_required: functions in units and roles that need one-time codes.
    lockout_attempts: wrong passwords without a wait, for an account from one
    address; lockout_address_attempts: from one address for any account;
    lockout_seconds: the first wait, doubled by each further failure up to
    lockout_minutes.
    session_hours: longest time logged in; session_idle_minutes: without a sign of
    life; 0: no limit.
    distant_sessions: an account that is logged in from distant networks at the
    same time is reported; distant_prefix_v4, distant_prefix_v6: bits that make a network.
    terms_version, terms_text: terms of use to be accepted; empty version: none,
    empty text: the one on board.
    notice_channels: ``email``, ``qlvb`` (document system), ``phone_urgent``, ``fax``.
    official_mail_domains: domains of official e-mail, ``binhdinh.gov.vn``; those below
    them count as well; none: every address is taken for official.
    guest_data_days: days after the end of a guest's account until her data are erased.
    guests_allowed: people from outside of the organisation may be invited; guest_access_days:
    how long after the end of the meeting their accounts open.
    preemption: a meeting of higher priority may take a slot; priority_rules: hosts by
    ``<level>/<unit type>``, the highest first; hosts that are not named come last.
    slot_before_invitation: the registrar confirms the slot before the invitation may be
    issued; invitation_before_preparation: technical preparation waits for the invitation.
    sensitive_forbidden: sensitive content is treated as classified.
    host_matrix: who may meet whom on the system, ``<level>/<unit type> -> <level>/<unit type>, …``
    a line, ``*`` for any (``province/*`` too), ``!sector`` behind a line for the same sector
    only; none: anybody.  Read by ``hopso.policy.hosts``.
    urgent_notice_channel: ``phone`` (the units concerned), ``operator`` (the operator of the
    central point directly) or empty.
    setup_minutes, teardown_minutes: margins before and after a meeting in rooms, sites, bridge.
    bookable_hours: sessions of a day in which meetings are held; none: round the clock.
    bridges: ``<name>=<most sites>`` of the bridges (MCU) a line; none: bridges are not booked.
    registered_sites: number of sites that the regulation names; 0: none.
    site_staffing: ``leader=1``, ``technician=1``: people that every active site needs.
    room_standard_required: only rooms that meet the standard are booked; require_room_rules:
    rooms post their rules; require_backdrop: one backdrop for all sites.
    device_inspection_required: devices are inspected for security before use.
    lock_site_config: the configuration of a site cannot be changed while a meeting runs;
    network_ranges: address ranges (CIDR, IPv4 and IPv6) that sites use.
    duty_required: people on duty are named for every site; host_contact_required: the host
    names an officer to coordinate with the technicians.
    help_response: answer to a request for help in a meeting, after it; maintenance_months:
    periodic checks are planned that often; 0: not regulated.
    archive_owner_rule: who keeps the records: ``host``, ``main_site`` (unit of the chair's
    site) or ``operator``.
    delegate_control: who conducts the session may hand it to a site.
    break_glass_minutes: for how long a system administrator may read a closed meeting
    in an emergency.
    report_cycles: who reports how often, ``<body>=<months>``; ``units`` are all with rooms or
    sites, any other body is the operator; months divide the year.  report_due_days: days after
    the end of the period.
    plan_cycles: who hands in plans and budgets, the same way.
    max_upload_mb: megabytes a file; max_pages: pages a document.
    office_hours: sessions of a working day; extra_days_off, extra_days_worked: days
    beside the national calendar.
    """

    name: str = key("", TEXT)
    title: str = key("", TEXT)
    legal_basis: str = key("", TEXT)
    valid_from: date | None = key(None, DATE)
    valid_to: date | None = key(None, DATE)
    rule_sets: tuple[str, ...] = key((), WORDS)

    lead_time_normal: LeadTime | None = key(LeadTime(2, "calendar_days"), LEAD, "BD-6.1/1")
    lead_time_level: str = key(BLOCK, _one_of(BLOCK, WARN), "BD-6.1/1")
    lead_time_urgent: LeadTime | None = key(LeadTime(3, "hours"), LEAD, "BD-6.1/2")
    allow_below_urgent: bool = key(True, BOOLEAN, "BD-7/3")
    urgent_approver_role: str = key("", TEXT)
    urgent_call_required: bool = key(True, BOOLEAN, "BD-6.1/2")
    registrar_role: str = key("Unit Administrator", TEXT, "BD-6.1/1")
    registrar_body: str = key("", TEXT, "NA-4.1/1")
    approval_steps: tuple[str, ...] = key((), WORDS)
    document_approver_rules: tuple[ApproverRule, ...] = key(
        (ApproverRule("province/committee", OFFICE_LEADER), ApproverRule(ANY_HOST, CHAIR)),
        _tuple_of(ApproverRule.parse),
        "BD-6.3/1",
    )
    operator_role: str = key("provincial_office", TEXT, "BD-11.2/1")
    operator_unit: str = key("", TEXT, "BD-11.2/1")
    provider_role: str = key("", TEXT)
    provider_unit: str = key("", TEXT, "NT-2.2.a")
    bodies: tuple[str, ...] = site_key((), _tuple_of(_body_line), "TQ-P5/1")
    classified_policy: str = key(NO_DOCUMENTS, _one_of(FORBID, NO_DOCUMENTS, WITH_PLAN), "BD-7/2")
    marker_level: str = key(REFUSE, _one_of(REFUSE, WARN), "BD-5.2.a")
    publish_within: LeadTime | None = key(LeadTime(1, "hours"), LEAD, "BD-7/1")
    publish_clock: str = key(ROUND_THE_CLOCK, _one_of("round_the_clock", "office_hours"), "BD-7/1")
    invitation_lead_time: LeadTime | None = key(LeadTime(3, "working_days"), LEAD)
    rsvp_deadline: LeadTime | None = key(LeadTime(1, "calendar_days"), LEAD, "BD-8.1/1")
    device_notice: LeadTime | None = key(LeadTime(1, "calendar_days"), LEAD, "BD-8.2/2")
    tech_check_due: LeadTime | None = key(None, LEAD)
    recording_default: bool = key(True, BOOLEAN, "BD-9.1/1")
    recording_release_roles: tuple[str, ...] = key(("Provincial Chair", "Meeting Chair"), WORDS, "BD-9.1/6")
    conclusion_notice_within: LeadTime | None = key(LeadTime(5, "working_days"), LEAD)
    password_max_age: int = key(90, NUMBER, "BD-4.5/2")
    audit_retention_years: int = key(5, NUMBER)
    unit_confirmation_days: int = site_key(90, NUMBER, "BD-12.2.d")
    password_min_length: int = site_key(9, NUMBER, "BD-12.3.b/1")
    password_classes: int = site_key(4, NUMBER, "BD-12.3.b/1")
    password_history: int = site_key(5, NUMBER, "BD-4.5/2")
    otp_required: tuple[str, ...] = site_key((), WORDS, "BD-12.3.b/1")
    lockout_attempts: int = site_key(5, NUMBER, "BD-12.3.b/1")
    lockout_address_attempts: int = site_key(50, NUMBER, "BD-12.3.b/1")
    lockout_seconds: int = site_key(30, NUMBER, "BD-12.3.b/1")
    lockout_minutes: int = site_key(60, NUMBER, "BD-12.3.b/1")
    session_hours: int = site_key(12, NUMBER, "BD-12.3.b/1")
    session_idle_minutes: int = site_key(120, NUMBER, "BD-12.3.b/1")
    distant_sessions: bool = site_key(True, BOOLEAN, "BD-4.5/1")
    distant_prefix_v4: int = site_key(16, NUMBER, "BD-4.5/1")
    distant_prefix_v6: int = site_key(32, NUMBER, "BD-4.5/1")
    terms_version: str = site_key("1", TEXT, "BD-4.5/1")
    terms_text: str = site_key("", TEXT, "BD-4.5/1")
    notice_channels: tuple[str, ...] = key(("email", "qlvb", "phone_urgent"), WORDS, "BD-12.2.b/2")
    official_mail_domains: tuple[str, ...] = key((), WORDS, "BD-12.2.b/2")
    guest_data_days: int = key(30, NUMBER, "BD-5.3")
    guests_allowed: bool = key(True, BOOLEAN, "BD-2.3")
    guest_access_days: int = key(7, NUMBER, "BD-2.3")
    preemption: bool = key(False, BOOLEAN, "NT-4.2/3")
    priority_rules: tuple[str, ...] = key(("province/committee",), WORDS, "NT-4.2/3")
    slot_before_invitation: bool = key(False, BOOLEAN, "NT-4.2/2")
    invitation_before_preparation: bool = key(False, BOOLEAN, "NT-4.1")
    sensitive_forbidden: bool = key(False, BOOLEAN, "NT-4.2/1")
    host_matrix: tuple[str, ...] = key((), _tuple_of(_host_line), "NT-3.2.a")
    urgent_notice_channel: str = key("phone", _one_of("", "phone", "operator"), "BD-6.1/2")
    setup_minutes: int = key(15, NUMBER)
    teardown_minutes: int = key(15, NUMBER)
    bookable_hours: tuple[Session, ...] = key((), _tuple_of(Session.parse))
    bridges: tuple[str, ...] = key((), WORDS, "NT-2.2.a")
    registered_sites: int = site_key(0, NUMBER, "NA-2.1/1")
    site_staffing: tuple[str, ...] = key((), WORDS, "TQ-P8/3")
    room_standard_required: bool = key(False, BOOLEAN, "NA-2.1/2")
    require_room_rules: bool = key(False, BOOLEAN, "TQ-P8/2")
    require_backdrop: bool = key(False, BOOLEAN, "NT-5.3")
    device_inspection_required: bool = key(False, BOOLEAN, "HN-R/5")
    lock_site_config: bool = key(False, BOOLEAN, "NT-7.2.d/2")
    network_ranges: tuple[str, ...] = site_key((), WORDS, "NA-2.2")
    duty_required: bool = key(False, BOOLEAN, "NT-7.1.b")
    host_contact_required: bool = key(False, BOOLEAN, "NT-11.3")
    help_response: LeadTime | None = key(None, LEAD, "BD-9.2/1")
    maintenance_months: int = site_key(0, NUMBER, "TQ-P5/4")
    archive_owner_rule: str = key("host", _one_of("host", "main_site", "operator"), "HN-5.4/1")
    delegate_control: bool = key(False, BOOLEAN, "HN-5.6")
    break_glass_minutes: int = key(60, NUMBER, "BD-3.3")
    report_cycles: tuple[str, ...] = key(("provincial_office=12",), _tuple_of(_cycle), "BD-11.1")
    plan_cycles: tuple[str, ...] = key((), _tuple_of(_cycle), "NA-9")
    report_due_days: int = site_key(15, NUMBER, "BD-11.1")
    max_upload_mb: int = key(100, NUMBER)
    max_pages: int = key(2000, NUMBER)
    office_hours: tuple[Session, ...] = key(SESSIONS_OF_THE_DAY, _tuple_of(Session.parse))
    extra_days_off: tuple[date, ...] = key((), DATES)
    extra_days_worked: tuple[date, ...] = key((), DATES)

    @property
    def calendar(self) -> WorkCalendar:
        """The working calendar that these values describe."""
        return WorkCalendar(
            self.office_hours, frozenset(self.extra_days_off), frozenset(self.extra_days_worked)
        )

    def document_approver_rule(self, level: str, unit_type: str) -> str:
        """Return ``chair``, ``office_leader`` or ``named`` for documents of a host's meetings."""
        rules = {one.host: one.approver for one in self.document_approver_rules}
        return rules.get(f"{level}/{unit_type}", rules.get(ANY_HOST, CHAIR))

    def unit_of_body(self, body: str) -> str:
        """Return id or name of the unit that *body* is on this site; empty if nobody said so."""
        pairs = (line.partition("=") for line in self.bodies)
        return next((unit for name, _equals, unit in pairs if name == body), "")

    def in_force(self, day: date) -> bool:
        """Tell whether the policy is in force on *day*."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def to_dict(self) -> dict:
        """Return plain values (text, numbers, lists) that JSON can carry."""
        return {one.name: _codec(one).write(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_dict(cls, values) -> "Policy":
        """Read what ``to_dict`` wrote; unknown, missing and unreadable keys get their defaults.

        A frozen copy may be years old: it must never keep a meeting from opening.
        """
        found = {}
        for one in fields(cls):
            if one.name in (values or {}):
                try:
                    found[one.name] = _codec(one).read(values[one.name])
                except (ValueError, TypeError, AttributeError):
                    continue
        return cls(**found)


def read_value(name: str, raw):
    """Return the value of key *name* from plain data.  Raises ValueError, KeyError."""
    return _codec(KEYS[name]).read(raw)


def write_value(name: str, value):
    """Return plain data for the value of key *name*."""
    return _codec(KEYS[name]).write(value)


def _codec(one) -> Codec:
    return one.metadata["codec"]


KEYS = {one.name: one for one in fields(Policy)}
