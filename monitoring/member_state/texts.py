"""The report's standing texts, in our own words: limits of automated checks, what a person must write, methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitoring.member_state.figures import LEVEL, NEWCOMBE, SERVICE, TERRITORY, WEIGHTED, WILSON
from reports.wording import say, to_say

LIMITS = (
    to_say(
        "Simplified monitoring finds failures. It cannot show that there are none: this report never says that a site "
        "or a page meets the requirements."
    ),
    to_say("“Nothing found” means that rules ran and found no barrier. They test a part of each criterion only."),
    to_say(
        "“A person must look” counts sites where a rule met something that a machine cannot judge. It is counted "
        "neither as a failure nor as a success."
    ),
    to_say(
        "A site counts as failing a criterion when one page or document of those that were checked fails it. The more "
        "pages are checked, the more failures are found: compare only rounds with about the same number of pages a "
        "site."
    ),
    to_say(
        "Sites without a result (no answer, refused, not scanned) are left out of the outcome’s denominators and "
        "listed."
    ),
)
"""What automated checks cannot say; it stands before the results."""

PROMPTS = {
    "1": to_say("Sum the report up: what was monitored, what was found, what changed. The key figures stand below."),
    "2": to_say(
        "Describe the monitoring of mobile applications, apart from that of websites. Curbcut does not test apps."
    ),
    "2.1.b": to_say("Name the body in charge of monitoring (or give it with --body)."),
    "2.1.c": to_say(
        "Say how representative the sample of mobile applications is, and add what the tables do not show."
    ),
    "2.2.a": to_say("Add the number of mobile applications in each sample."),
    "2.2.c": to_say(
        "Add the mobile applications monitored in depth, and the websites that people examined without Curbcut."
    ),
    "2.2.f": to_say("Give the mobile applications by operating system."),
    "2.2.g": to_say("Add the mobile applications that were monitored in the period before, too."),
    "2.3.a": to_say(
        "Add how in-depth monitoring verifies each requirement, and the clauses outside 9 and 10 of the standard."
    ),
    "2.3.b": to_say("Say whether usability tests with people were made, and which other tools and checks were used."),
    "3.1.a": to_say("Add the outcome of in-depth monitoring by people, and that of mobile applications."),
    "3.1.b.i": to_say(
        "Say which failures are frequent and which matter most, and why. What was found most often stands below."
    ),
    "3.1.b.ii": to_say(
        "Say how accessibility developed over the periods. The changes, and how sure they are, stand below."
    ),
    "3.2.a": to_say("Results for content outside the Directive’s scope."),
    "3.2.b": to_say("How accessible the technologies are that the monitored sites use."),
    "3.2.c": to_say("Results for requirements beyond the standard. Keep them apart from those above."),
    "3.2.d": to_say("What was learnt from the feedback to the monitored bodies."),
    "3.2.e": to_say("Anything else that goes beyond the Directive."),
    "3.2.f": to_say("What stakeholders were asked, and a list of them."),
    "3.2.g": to_say("How the derogation for a disproportionate burden was used."),
    "4.a": to_say("Describe the enforcement procedure and how it was used."),
    "4.b": to_say("What users told through the feedback mechanism. What the statements offer them stands below."),
    "5": to_say(
        "Measures under Article 8(5) of the Directive: how stakeholders are consulted, how developments are "
        "published, what was learnt from the rules, training and awareness-raising."
    ),
}
"""What a person must write under each item."""


def methods() -> Sequence[str]:
    """Return how sure the figures are, a paragraph for each kind, in the language that is spoken."""
    return (
        say(
            "Shares: %(interval)s. It takes the tested sites as drawn by chance from all sites. The sample is "
            "stratified in proportion, which makes the true interval narrower as a rule; nominated sites are not drawn "
            "by chance.",
            interval=say(WILSON),
        ),
        say(
            "Estimates for the register: %(interval)s. Each category counts as much as it does in the register; "
            "drawing without replacement is taken into account. Where one site alone of a category was tested, the "
            "greatest possible variance is taken; where none was, there is no estimate.",
            interval=say(WEIGHTED),
        ),
        say(
            "Changes: %(interval)s. The two samples are taken as independent; sites that are in both make the true "
            "interval narrower as a rule. An interval that holds 0 means that the change may be due to chance.",
            interval=say(NEWCOMBE),
        ),
        say(
            "No correction is made for looking at many criteria at once: of 50 intervals, two or three miss the true "
            "share."
        ),
        say(
            "Whole sites, not pages, are the units of all shares: pages of one site share their templates and their "
            "failures."
        ),
    )


GROUP_NAMES: Mapping[str, str] = {
    LEVEL: to_say("Category"),
    SERVICE: to_say("Public service"),
    TERRITORY: to_say("Territory (NUTS 1)"),
}
"""What heads a column of groups, by grouping."""

GROUPED_SITES: Mapping[str, str] = {
    LEVEL: to_say("Sites of register and sample by category"),
    SERVICE: to_say("Sites of register and sample by public service"),
    TERRITORY: to_say("Sites of register and sample by territory (NUTS 1)"),
}
GROUPED_FAILING: Mapping[str, str] = {
    LEVEL: to_say("Sites that fail a criterion, by category"),
    SERVICE: to_say("Sites that fail a criterion, by public service"),
    TERRITORY: to_say("Sites that fail a criterion, by territory (NUTS 1)"),
}
GROUPED_CRITERIA: Mapping[str, str] = {
    LEVEL: to_say("Sites that fail each criterion, by category, %(round)s"),
    SERVICE: to_say("Sites that fail each criterion, by public service, %(round)s"),
    TERRITORY: to_say("Sites that fail each criterion, by territory (NUTS 1), %(round)s"),
}

METHODS: Mapping[str, str] = {"simplified": to_say("simplified"), "in-depth": to_say("in-depth")}
ROUNDS: Mapping[str, str] = {
    "simplified": to_say("%(year)s simplified"),
    "in-depth": to_say("%(year)s in-depth"),
}
"""How a round is named where a report has both methods."""

OF_METHOD: Mapping[str, str] = {
    "simplified": to_say("Websites of simplified monitoring"),
    "in-depth": to_say("Websites of in-depth monitoring"),
}
NONE_OF_METHOD: Mapping[str, str] = {
    "simplified": to_say("This report has no sample for simplified monitoring."),
    "in-depth": to_say("This report has no sample for in-depth monitoring."),
}

CHECKED_BY: Mapping[str, str] = {
    "engine": to_say("axe-core, in the browser"),
    "page": to_say("Curbcut, the page’s code"),
    "rendered": to_say("Curbcut, the page in use"),
    "site": to_say("Curbcut, pages compared"),
    "document": to_say("Curbcut, documents"),
}
"""How a rule checks, by its kind."""
