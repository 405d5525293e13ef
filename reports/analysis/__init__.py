"""What a scan's rows mean: totals, issues, criteria, pages, language. Every writer starts here.

Every function takes an open SQLAlchemy connection and a scan's number and only reads. Lists that grow with the site
come as iterators over a streaming cursor, so that a report needs the same memory for 50 pages and 50,000.
"""

from __future__ import annotations

from reports.analysis.coverage import LookRow, RuleCoverage, count_looked_at, count_looks, looks, rule_coverage
from reports.analysis.criteria import CriteriaResults, CriterionResult, Verdict, criteria_results
from reports.analysis.issues import (
    Issue,
    Picture,
    Place,
    RuleSummary,
    count_issues,
    issue,
    issue_id,
    issues,
    measured,
    page_issues,
    picture_data,
    places,
    rule_summaries,
)
from reports.analysis.language import LanguageSummary, PageText, TextBand, TextSummary, readability_summary
from reports.analysis.pages import (
    DocumentRow,
    NotChecked,
    PageRow,
    count_documents,
    count_not_checked,
    count_pages,
    documents,
    not_checked,
    page_languages,
    pages,
)
from reports.analysis.questions import Question, count_questions, questions
from reports.analysis.scans import (
    FindingTotals,
    Scan,
    Total,
    Totals,
    finding_totals,
    latest_scan_id,
    load_scan,
    totals,
)
from reports.analysis.sections import SectionSummary

__all__ = [
    "CriteriaResults",
    "CriterionResult",
    "DocumentRow",
    "FindingTotals",
    "Issue",
    "LanguageSummary",
    "LookRow",
    "NotChecked",
    "PageRow",
    "PageText",
    "Picture",
    "Place",
    "Question",
    "RuleCoverage",
    "RuleSummary",
    "Scan",
    "SectionSummary",
    "TextBand",
    "TextSummary",
    "Total",
    "Totals",
    "Verdict",
    "count_documents",
    "count_issues",
    "count_looked_at",
    "count_looks",
    "count_not_checked",
    "count_pages",
    "count_questions",
    "criteria_results",
    "documents",
    "finding_totals",
    "issue",
    "issue_id",
    "issues",
    "latest_scan_id",
    "load_scan",
    "looks",
    "measured",
    "not_checked",
    "page_issues",
    "page_languages",
    "pages",
    "picture_data",
    "places",
    "questions",
    "readability_summary",
    "rule_coverage",
    "rule_summaries",
    "totals",
]
