"""Whether a query is English: typed without accents, so that folded Vietnamese looks alike."""

from __future__ import annotations

from search.text import Query
from search.text.syllables import is_unaccented_syllable

# Words that hold English sentences together; "to", "do" and "can" are Vietnamese syllables, too.
GRAMMAR = frozenset(
    """
    a about after all also am an and any are as at be because been before being but by can could
    did do does down during each every few first for from get had has have her here his how i if in
    into is it its just last list me more most much must my near need new next no not of off on one
    only open or our out over own per please should since so some still than that the their them
    there these they this those time to today under until up us want was we were what when where
    which who whom whose why will with within without would yes you your
    """.split()  # noqa: SIM905
)
# What people ask an office about.
SUBJECTS = frozenset(
    """
    abandoned ability able abroad accept access accident according accountant accused acre actual
    additional address adopt adoption adult advice age agency agriculture aid aircraft allowance
    allowed alone already always ambulance amount ancestor animal announcement annual annually
    answer anyone anything apartment appeal applicant application apply appointment approval
    approve area army assistance aunt authority available average award away baby bachelor ban bank
    bathroom become begin behind belong benefit benefits beside best bicycle big biggest bill birth
    board book born borrow both bought boundary boy breakfast bride bridge bring broken brother
    brought budget buffalo build building built bury bus business buy cadastral cadre call cancel
    candidate card care cash cattle census ceremony certificate certified certify chairman change
    charge cheap check chicken child children choose citizen citizenship city civil claim class
    clean climate clinic close closed coffee collect collection college come commit committee
    commune community company compare compensate complain complaint complete computer conditions
    confirm confirmation connect conscription construction consult contact contain continue
    contract control convert cooking copies copy correct cost could council country couple court
    cousin cow crime criticism crop cross culture custody customer daily damage damaged danger
    dangerous date daughter day dead deadline death debt decide decision declare defend degree
    delay delete delivery demolish dengue dentist department deposit describe destroyed develop
    development die died difference different dinner direct director disability disabled disaster
    disease dispute district divide divorce doctor document documents dog donate donation door
    download draft drain drink drinking drive driver driving drought duplicate duty earn easy eat
    economic edit education eighteen either elderly election electric electricity email emergency
    employ employee employer employment encroachment end engagement english enough enrol enroll
    enterprise entrance environment epidemic equipment estate event every everyone exam example
    exchange exemption expire expired explain export extend extension extract eye factory fall
    false family farm farmer farming fast father fee fees festival fever fiancee field fight file
    fill final find fine finish finished fire firm fisherman fishing fix flat flood follow food
    foreign foreigner forest forget forgot forgotten form formal former forms forward found
    foundation free friend fruit full fund funeral furniture future garbage gasoline gift girl give
    goods government grade graduate graduation grandfather grandmother grandparents grant grave
    ground group grow guarantee guardian guest guide half hall handicapped happen harvest head
    health hear hearing heat heavy height help heritage high highest highway hire history holiday
    home homeless honey honour hospital hospitalized host hotel hotline hour hours house household
    housing however hurt husband id identification identity illness import important improve
    includes income increase individual industrial industry inform information inherit inheritance
    injured injury inside inspection install instead institution insurance interest internet
    interview introduce invest investment invitation invoice irrigation issue job jobs join judge
    keep kind kindergarten kitchen know labor labour land landlord language laptop last late law
    lawyer leader learn lease least leave legal legalize letter letters level library licence
    license lifetime light limit link list litter live living loan local long lorry lose loss lost
    low lunar lunch machine mail main maintain majority make manage manager many map market
    marriage married marry martyr master material maximum mean measure measures meat mediate
    mediation medical medicine meeting member merge merger message metre microphone middle military
    minimum minister ministry minute missing mistake mobile money month monthly morning mortgage
    mosquito mother motorbike motorcycle move moved moving museum name nation national nationality
    nearest need neighbor neighbour neighbours newborn newspaper night noise noisy normal notarize
    notary nothing notice notified number nurse nursery oath obligation obtain odour office officer
    official officially often old online opening operate opinion option orchard order ordinary
    organization original orphan orphans other ourselves outage outside overseas owe own owned
    owner ownership packet page pagoda painting paper papers parent parents park partner party
    passport password pause pay payment penalty pending pension people period permanent permission
    permit person pesticide pharmacist pharmacy phone photo photocopy physical picture pig pile
    place plain plan planning plant plants please plot plumber point police policeman policy
    politician pollute pollution pond poor population pork port possible postpone poultry power
    pregnant prepare preschool present president prevent prevention previous price primary print
    prison private prize probably problem procedure procedures process produce product profession
    profit program programme project promise proof property protect protection protest prove
    provide province public publish pupil purchase purpose qualified quality quarter question queue
    quick quickly rabies radio rain raise reach read ready real reason receipt receive received
    recently reception recipient recognition record records recruit recruitment red reduce
    reduction refugee refund refuse regarding register registered registration regulation reject
    relative relatives relief religion religious remain remarriage remove rename renew renewal rent
    rented repair repay replace reply report request required requirement requirements reserve
    resettlement residence residency resident residents resign resolve responsible restaurant
    restore result results resume retire retirement return reward rice right rights river road roof
    room root rubbish rude rule rules rural sad safe safety salary sale sanction sanitation save
    say schedule scholarship school search seaside season second secondary secretary security see
    seed self sell send separate separation september serious service services settle settlement
    several sewage sex shelter ship shop shops sick sickness sign signature signing similar single
    sister site situation size skill sleep slow small smell smoke social soil sold soldier solve
    someone something son sound source speaker spell spelling spend split sport spouse stadium
    staff stall stamp standard state station status stay stop storey storm stranger stream street
    strict strong student students study subdivide submit subsidy success sudden suffer sugar
    suitable summer supply support surgery surname swim system take tap tax taxes teach teacher
    team technical telephone temple temporary tenant tent term thank theft thing think third
    thousand ticket timber tomorrow tool total touch tourism tourist town trade trader traditional
    traffic train training transaction transfer translate transport travel treatment tree trouble
    truck trust tuition twice type typhoon uncle understand unemployed unemployment union
    university update urban urgent use used user usual vacant vacation vaccination vaccine valid
    value vegetable vehicle verify veteran victim village villager violation violence visa visit
    vote wait wall war ward wash waste watch water weak weapon weather website wedding week weekly
    weight welfare wheelchair widow wife wild win window winter wish witness woman women wooden
    word work worker working write writing written wrong year yearly yellow young younger yourself
    youth
    """.split()  # noqa: SIM905
)
# How only English words end; Vietnamese syllables written in one word do not.
ENDINGS = ("tion", "ship", "ment", "ist", "ing", "ness", "ity", "ance", "ence", "able", "ated")
LONG = 6
FEWEST = 2
SHARE = 0.6


def is_english(query: Query) -> bool:
    """Whether most words of a query are English and it cannot be read as Vietnamese.

    At least one word must be known and be no Vietnamese syllable; document numbers, names and
    anything with accents are no evidence.
    """
    if query.has_marks or query.decoded_from or len(query.tokens) < FEWEST:
        return False
    words = [token.fold for token in query.tokens]
    known = [word for word in words if _is_known(word)]
    certain = [word for word in known if not is_unaccented_syllable(word)]
    foreign = [word for word in words if word in known or not is_unaccented_syllable(word)]
    return bool(certain) and len(foreign) >= SHARE * len(words)


def _is_known(word: str) -> bool:
    return word in GRAMMAR or word in SUBJECTS or (len(word) >= LONG and word.endswith(ENDINGS))
