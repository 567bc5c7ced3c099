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
    abroad accident adopt adoption address age agency agriculture allowance announcement apartment
    appeal application apply appointment approval area army assistance authority award baby ban
    benefit benefits birth board book born bridge budget building bus business buy cadre call cancel
    card care cattle census certificate certified certify change charge chairman child children
    citizen citizenship city class clean clinic close closed commune complaint complain conscription
    construction contact contract copy copies correct cost council country court criticism culture
    daughter day dead death deadline declare degree delivery department deposit die died disability
    disabled disaster disease district divorce doctor document documents dog driver driving duty
    education elderly election electric electricity emergency employment encroachment environment
    event exam exemption expired extract family farm farmer fee fees festival file final find fine
    fire flood food forest form forms found free fund garbage give government grant health help
    heritage high hire history holiday home hospital hotline hour hours house household housing id
    identification identity illness income information inherit inheritance injured inspection
    institution insurance internet invest investment invitation issue job judge kindergarten know
    labor labour land late law leader lease leave legal letter level library licence license live
    living loan local long lost low lunar maintain make map marriage married marry martyr measures
    medical medicine meeting member merge merger military missing mobile money month mother move
    name national nationality notarize notary notice number nursery obtain office officer official
    old online opening order organization outage owner ownership pagoda paper papers parent parents
    park passport password pay payment pension people period permanent permission permit person
    pesticide phone photo pig place plan planning plant plot police policy pollution poor population
    power preschool prevention price print prison private procedure procedures product program
    project property province public publish pupil purchase queue question reception recognition
    record records recruit recruitment red refund register registered registration regulation
    relief remarriage rent repair replace report reply request required requirement requirements
    residence resident residents residency result results retire retirement rice right rights river
    road rubbish rule rules safety salary sale sanitation say schedule school season secretary
    security sell send service services settle sewage sex ship sick sign signature single site
    small social soldier son speaker spouse staff state station status stay stop storm street
    student students study subsidy support surname take tap tax taxes teacher telephone temporary
    term tomorrow tourism tourist town trade traffic train training transfer translate transport
    travel tree unemployed unemployment update use vaccination vaccine valid vehicle veteran village
    visa visit vote war ward waste water weather wedding week welfare wife woman women work worker
    working year yellow young youth
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
