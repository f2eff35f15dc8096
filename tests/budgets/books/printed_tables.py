"""The tables of the documents, copied cell for cell: label, then one column a year or a quarter.

They were copied from the documents, not from the definition files, so that a slip in either shows.
"""

YEARS = ("2017/18", "2018/19", "2019/20", "2020/21")

BY_DIVISION = """
Director of Education and Employment | 6,885 | 7,510 | 7,516 | 7,516
Education Support Services | 2,273 | 2,496 | 2,641 | 2,643
Learning Improvement | 3,520 | 2,993 | 3,201 | 3,203
Inclusive Learning | 3,356 | 3,066 | 3,095 | 3,098
Director of Children's Services | 5,243 | 5,473 | 5,520 | 5,527
Sandwell Children's Trust | 42,409 | 48,779 | 49,705 | 49,944
Grand Total Annual Budget | 63,686 | 70,317 | 71,678 | 71,931
Staffing Levels | 492 | 476 | 476 | 476
Total FTE | 359 | 344 | 344 | 344
"""

BY_SPEND = """
Employees | 13,173 | 13,168 | 13,588 | 13,588
Premises | 1,392 | 1,112 | 1,114 | 1,115
Transport | 2,950 | 2,932 | 2,936 | 2,940
Supplies & Services | 7,595 | 6,901 | 6,910 | 6,919
Third Party | 42,409 | 48,779 | 49,705 | 49,944
Transfer Payments | 0 | 0 | 0 | 0
Capital Charges | 18,387 | 24,743 | 24,743 | 24,743
Total Gross Expenditure | 85,906 | 97,635 | 98,996 | 99,249
Specific Grants | 2,856 | 1,527 | 1,527 | 1,527
Partner Contributions | 0 | 0 | 0 | 0
Fees & Charges | 10,509 | 10,470 | 10,470 | 10,470
Other | 8,855 | 15,321 | 15,321 | 15,321
Total Income | 22,220 | 27,318 | 27,318 | 27,318
Net Target Budget | 63,686 | 70,317 | 71,678 | 71,931
Grand Total Annual Budget | 19,460 | 17,408 | 16,498 | 15,512
Staffing Levels | 540 | 542 | 531 | 527
Total FTE (again) | 438.4 | 435.77 | 426.52 | 422.52
"""

DIVISIONS = {
    "LI": """
Employees | 6,516 | 6,465 | 6,671 | 6,671
Premises | 146 | 45 | 45 | 45
Transport | 58 | 83 | 83 | 83
Supplies & Services | 1,780 | 1,421 | 1,423 | 1,425
Third Party | 0 | 0 | 0 | 0
Transfer Payments | 0 | 0 | 0 | 0
Capital Charges | 62 | 62 | 62 | 62
Total Gross Expenditure | 8,562 | 8,076 | 8,284 | 8,286
Specific Grants | 1,474 | 1,461 | 1,461 | 1,461
Partner Contributions | 0 | 0 | 0 | 0
Fees & Charges | 3,568 | 3,622 | 3,622 | 3,622
Other | 0 | 0 | 0 | 0
Total Income | 5,042 | 5,083 | 5,083 | 5,083
Grand Total Annual Budget | 3,520 | 2,993 | 3,201 | 3,203
Staffing Levels | 202 | 200 | 200 | 200
Total FTE | 172 | 169 | 169 | 169
Total FTE (again) | 438.4 | 435.77 | 426.52 | 422.52
""",
    "DEE": """
Employees | 172 | 181 | 187 | 187
Premises | 0 | 0 | 0 | 0
Transport | 0 | 0 | 0 | 0
Supplies & Services | 349 | 11 | 11 | 11
Third Party | 0 | 0 | 0 | 0
Transfer Payments | 0 | 0 | 0 | 0
Capital Charges | 18,022 | 24,378 | 24,378 | 24,378
Total Gross Expenditure | 18,543 | 24,570 | 24,576 | 24,576
Specific Grants | 1,080 | 38 | 38 | 38
Partner Contributions | 0 | 0 | 0 | 0
Fees & Charges | 1,723 | 1,701 | 1,701 | 1,701
Other | 8,855 | 15,321 | 15,321 | 15,321
Total Income | 11,658 | 17,060 | 17,060 | 17,060
Grand Total Annual Budget | 6,885 | 7,510 | 7,516 | 7,516
Staffing Levels | 2 | 2 | 2 | 2
Total FTE | 2 | 2 | 2 | 2
Total FTE (again) | 438.4 | 435.77 | 426.52 | 422.52
""",
    "ESS": """
Employees | 4,288 | 4,486 | 4,629 | 4,629
Premises | 264 | 259 | 259 | 260
Transport | 362 | 319 | 319 | 320
Supplies & Services | 881 | 858 | 859 | 860
Third Party | 0 | 0 | 0 | 0
Transfer Payments | 0 | 0 | 0 | 0
Capital Charges | 225 | 225 | 225 | 225
Total Gross Expenditure | 6,020 | 6,147 | 6,292 | 6,294
Specific Grants | 28 | 28 | 28 | 28
Partner Contributions | 0 | 0 | 0 | 0
Fees & Charges | 3,719 | 3,623 | 3,623 | 3,623
Other | 0 | 0 | 0 | 0
Total Income | 3,747 | 3,651 | 3,651 | 3,651
Grand Total Annual Budget | 2,273 | 2,496 | 2,641 | 2,643
Staffing Levels | 168 | 168 | 168 | 168
Total FTE | 134 | 133 | 133 | 133
Total FTE (again) | 438.4 | 435.77 | 426.52 | 422.52
""",
    "IL": """
Employees | 1,217 | 783 | 808 | 808
Premises | 63 | 63 | 63 | 63
Transport | 2,521 | 2,521 | 2,524 | 2,528
Supplies & Services | 342 | 175 | 175 | 175
Third Party | 0 | 0 | 0 | 0
Transfer Payments | 0 | 0 | 0 | 0
Capital Charges | 0 | 0 | 0 | 0
Total Gross Expenditure | 4,143 | 3,542 | 3,571 | 3,574
Specific Grants | 274 | 0 | 0 | 0
Partner Contributions | 0 | 0 | 0 | 0
Fees & Charges | 513 | 476 | 476 | 476
Other | 0 | 0 | 0 | 0
Total Income | 787 | 476 | 476 | 476
Grand Total Annual Budget | 3,356 | 3,066 | 3,095 | 3,098
Staffing Levels | 29 | 14 | 14 | 14
Total FTE | 24 | 12 | 12 | 12
Total FTE (again) | 438.4 | 435.77 | 426.52 | 422.52
""",
    "DCS": """
Employees | 980 | 1,253 | 1,293 | 1,293
Premises | 919 | 745 | 746 | 747
Transport | 9 | 9 | 9 | 9
Supplies & Services | 4,243 | 4,436 | 4,442 | 4,448
Third Party | 0 | 0 | 0 | 0
Transfer Payments | 0 | 0 | 0 | 0
Capital Charges | 78 | 78 | 78 | 78
Total Gross Expenditure | 6,229 | 6,521 | 6,568 | 6,575
Specific Grants | 0 | 0 | 0 | 0
Partner Contributions | 0 | 0 | 0 | 0
Fees & Charges | 986 | 1,048 | 1,048 | 1,048
Other | 0 | 0 | 0 | 0
Total Income | 986 | 1,048 | 1,048 | 1,048
Grand Total Annual Budget | 5,243 | 5,473 | 5,520 | 5,527
Staffing Levels | 91 | 92 | 92 | 92
Total FTE | 27 | 28 | 28 | 28
Total FTE (again) | 438.4 | 435.77 | 426.52 | 422.52
""",
}

# Budget, actual, difference.
TABLE_8 = """
External Residential | 9,143,900 | 10,787,259 | -1,643,359
External Foster Care | 8,230,100 | 11,085,089 | -2,854,989
Secure Units | 296,100 | 892,122 | -596,022
Internal Foster Care | 4,685,200 | 5,002,191 | -316,991
Leaving Care Accommodation | 1,637,299 | 2,608,550 | -971,251
Leaving Care Rents | | 1,339,966 | -1,339,966
Total | 23,992,599 | 31,715,177 | -7,722,578
"""

MAJOR_OVERSPENDS = """
External Residential Placements | £1.643m
Independent Foster Carers | £2.855m
Secure Units | £0.596m
Leaving Care Support Accommodation/Rents | £2.312m
Total of major overspends (over £500k) | £7.406m
"""

QUARTERS = (
    "2018-01..2018-03",
    "2018-04..2018-06",
    "2018-07..2018-09",
    "2018-10..2018-12",
    "2019-01..2019-03",
)

TABLE_7 = """
Foster Placement - In House provision | 199 | 219 | 194 | 187 | 178
Foster Placement - Connected Carer | 130 | 148 | 151 | 162 | 190
Foster Placement - External | 227 | 262 | 286 | 317 | 293
Residential Homes - External | 48 | 55 | 55 | 56 | 48
Secure Accommodation | 0 | 2 | 4 | 2 | 0
Independent Living | 58 | 53 | 54 | 68 | 52
Family Centre or Mother and Baby unit | 4 | 4 | 1 | 3 | 6
"""

TABLE_9 = """
Residential Homes - External | 48 | 55 | 55 | 56 | 48
Secure Accommodation | 0 | 2 | 4 | 2 | 0
Independent Living | 58 | 53 | 54 | 68 | 52
Family Centre or Mother and Baby unit | 4 | 4 | 1 | 3 | 6
"""

# April 2018 to March 2019: two rows, and what is printed of them; labels are shortened.
TABLE_2 = """
All | 211.89 | 214.89 | 202.29 | 201.29 | 206.29 | 204.83 | 204.83 | 205.19 | 218.69 | 220.69 | 218.69 | 227.69
Total ASYEs | 35 | 31 | 31 | 31 | 35 | 35 | 26 | 34 | 41 | 41 | 39 | 35
% Total ASYEs | 16.5% | 14.4% | 15.4% | 15.4% | 16.9% | 17.1% | 12.7% | 16.6% | 18.7% | 18.6% | 17.8% | 15.4%
"""

TABLE_3 = """
Number of Cases SAAT | 643 | 637 | 756 | 807 | 690 | 554 | 715 | 816 | 834 | 955 | 1084 | 1010
Total Case holders SAAT FTE | 33 | 32 | 28 | 30.00 | 26.00 | 27.80 | 30.00 | 28.00 | 30.00 | 29.80 | 30.80 | 32.80
Average Caseload SAAT | 19.72 | 20.16 | 27.49 | 26.90 | 26.54 | 19.90 | 23.80 | 29.14 | 27.80 | 31.30 | 35.20 | 30.79
"""

TABLE_4 = """
Number Cases CM/CWD | 2166 | 2176 | 2103 | 1920 | 1614 | 1692 | 1660 | 1705 | 1830 | 1833 | 1909 | 1957
Total Case holders CM/CWD FTE | 101 | 103 | 94 | 93.68 | 91.59 | 93.10 | 88.60 | 90.70 | 100.6 | 103.6 | 98.60 | 102.6
Average Caseload CM/CWD | 21.51 | 21.13 | 22.47 | 20.50 | 17.62 | 18.17 | 18.70 | 18.80 | 18.20 | 17.70 | 19.36 | 19.07
"""

TABLE_5 = """
Number Cases (Children in Care) | 433 | 439 | 380 | 393 | 403 | 424 | 427 | 420 | 422 | 433 | 438 | 467
Case holders FTE | 22 | 22 | 22 | 22.00 | 25.00 | 24.00 | 24.00 | 23.00 | 23.00 | 23.00 | 24.00 | 27.00
Average Caseload | 19.68 | 19.95 | 17.27 | 17.86 | 16.12 | 17.70 | 17.80 | 18.26 | 18.34 | 18.82 | 18.25 | 17.30
"""

TABLE_6 = """
Number of Children - Care Leavers | 286 | 286 | 370 | 368 | 366 | 369 | 373 | 379 | 384 | 389 | 393 | 394
Case holders FTE | 16 | 16 | 19.20 | 19.20 | 19.20 | 19.20 | 19.20 | 18.20 | 18.00 | 19.30 | 18.30 | 19.30
Average Caseload | 17.88 | 18.22 | 17.05 | 19.17 | 19.06 | 19.22 | 19.40 | 20.82 | 21.30 | 20.20 | 21.50 | 20.40
"""

# Sandwell, statistical neighbours, England.
TABLE_1 = """
Children with a Child Protection Plan | 72 per 10,000 | 60 per 10,000 | 45.3 per 10,000
Children in Care | 111.1 per 10,000 | 90 per 10,000 | 62 per 10,000
"""

# 2014/15, then 2013/14, as printed.
SOLIHULL = """
Core Council (Council tax) | 35.2 | 38.5
Early Intervention, UASC and other grants | 3.2 | 3.1
Dedicated Schools Grant (DSG) | |
delegated to schools | 136.2 | 136.4
non delegated services | 26.2 | 21.6
YPLA Sixth Form Funding to schools | 2.0 | 2.0
Public Health (Children & Young People) | 0.9 | 0.9
Head Office costs | 6.2 | 4.7
Total | 209.9 | 207.2
"""


def rows(table: str) -> list[list[str]]:
    """The rows of a table, each as its label and its cells."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
