from core.pages import Addresses, Page
from parties.roles import Permission, Role

DECLARES = [
    Permission("report.view_issued", "Read the reports that have been issued", roles=(Role.SCRUTINY_MEMBER,)),
    Page("Reports", "report.view_issued", "reports:reports", group="reports", order=10, start=20),
    Addresses("reports.urls"),
]
