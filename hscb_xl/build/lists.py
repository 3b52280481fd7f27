"""The names a new workbook's sheet Lists starts with: the board's leads and groups, from its own plan."""

from hscb_xl.plan.names import Listed

LEADS: tuple[Listed, ...] = (
    Listed("Independent Chair of HSCB"),
    Listed("Chair of Policy and Procedures"),
    Listed("Chair of QA Sub Group", own_group="HSCB QA Sub Group"),
    Listed("Chair of HSCB Steering Group", ("Chair of Steering Group",), "HSCB Steering Group"),
    Listed("Chair of Children at Specific Additional Risk"),
    Listed("Head of Safeguarding and Review"),
    Listed("Framework Transformation and Performance Manager"),
    Listed("Chair of Training and Development"),
    Listed("Head of Adults Safeguarding"),
    Listed("Chair of HSAB"),
)

# The Steering Group has been called the Executive since 1 April 2015 (the plan's action 11).
GROUPS: tuple[Listed, ...] = (
    Listed("HSCB Steering Group", ("HSCB Executive", "LSCB Exec")),
    Listed("HSCB Strategic Board", ("HSCB Strategy Board",)),
    Listed("HSCB QA Sub Group"),
    Listed("Improvement Board"),
)
