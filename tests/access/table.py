"""Who gets what, for every route and method. A route without a row here fails the build.

A column is a person: the public, the contract's Trust manager, the Trust manager of another contract, the client
officer, a board reader, a partner's action owner, a scrutiny member, the administrator, and a program with a client
officer's token. Two more columns follow from these: the Trust's finance lead and the council's finance officer get what
the Trust manager and the client officer get of the money, and what a board reader gets everywhere else; but that the
lead hands in files of months, and finds those of other kinds no more than the client officer does. All of them ask for
the contract "sandwell". A cell is the status of the answer, or where it leads:
"sign-in" is the sign-in page.

GET answers HEAD as well. A method that has no row of its own answers whoever may GET with 405, and everyone else as
GET does, a form's sign-in page included. GET of an act's address leads to the page on which its form stands.
"""

from dataclasses import dataclass

WRITTEN = ("anonymous", "trust", "other", "officer", "board", "owner", "scrutiny", "admin", "token")
# As whom those who look after the money are answered, on its pages and elsewhere.
OF_THE_MONEY, OF_FILES = "budgets:", "uploads:"
FINANCE = {"lead": ("trust", "board"), "finance": ("officer", "board")}
COLUMNS = (*WRITTEN, *FINANCE)

TABLE = """
method   route                           anonymous               trust                   other                   officer                 board                   owner                   scrutiny                admin                   token
GET      health-live                     200                     200                     200                     200                     200                     200                     200                     200                     200
GET      health-ready                    200                     200                     200                     200                     200                     200                     200                     200                     200

GET      home                            sign-in                 kpis:dashboard          kpis:dashboard          kpis:dashboard          kpis:dashboard          improvement:own-actions  reports:reports         admin:index             sign-in
GET      sign-in                         200                     home                    home                    home                    home                    home                    home                    home                    200
POST     sign-in                         200                     home                    home                    home                    home                    home                    home                    home                    200
GET      sign-in-again                   sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in
POST     sign-in-again                   200                     home                    home                    home                    home                    home                    home                    home                    200
GET      sign-out                        account                 account                 account                 account                 account                 account                 account                 account                 account
POST     sign-out                        sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in
GET      continue-as                     sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in                 sign-in
POST     continue-as                     home                    home                    home                    home                    home                    home                    home                    home                    home
GET      account                         sign-in                 200                     200                     200                     200                     200                     200                     200                     sign-in
GET      password-change                 sign-in                 account                 account                 account                 account                 account                 account                 account                 sign-in
POST     password-change                 sign-in                 account                 account                 account                 account                 account                 account                 account                 sign-in

GET      kpis:dashboard                  sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      kpis:dashboard-csv              sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      kpis:heat-map                   sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      kpis:indicator                  sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      kpis:indicator-csv              sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      kpis:returns                    sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
GET      kpis:own                        sign-in                 kpis:returns            404                     403                     403                     403                     403                     403                     sign-in
POST     kpis:own                        sign-in-again           kpis:returns            404                     403                     403                     403                     403                     403                     sign-in-again
GET      kpis:return                     sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     kpis:return                     sign-in-again           kpis:return             404                     403                     403                     403                     403                     403                     sign-in-again
GET      kpis:return-live                sign-in                 kpis:return             404                     403                     403                     403                     403                     403                     sign-in
POST     kpis:return-live                sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      kpis:indicator-values           sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      kpis:review                     sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      kpis:figure-review              sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      kpis:accept                     sign-in                 403                     404                     kpis:review             403                     403                     403                     403                     sign-in
GET      kpis:query                      sign-in                 403                     404                     kpis:figure-review      403                     403                     403                     403                     sign-in
GET      kpis:answer                     sign-in                 kpis:figure-review      404                     403                     403                     403                     403                     403                     sign-in
POST     kpis:accept                     sign-in-again           403                     404                     kpis:review             403                     403                     403                     403                     sign-in-again
POST     kpis:query                      sign-in-again           403                     404                     200                     403                     403                     403                     403                     sign-in-again
POST     kpis:answer                     sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      calendars:calendar              sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      calendars:calendar-link         sign-in                 calendars:calendar      404                     calendars:calendar      calendars:calendar      calendars:calendar      403                     403                     sign-in
GET      calendars:calendar-link-end     sign-in                 calendars:calendar-link  404                     calendars:calendar-link  calendars:calendar-link  calendars:calendar-link  403                     403                     sign-in
POST     calendars:calendar-link         sign-in-again           200                     404                     200                     200                     200                     403                     403                     sign-in-again
POST     calendars:calendar-link-end     sign-in-again           calendars:calendar      404                     calendars:calendar      calendars:calendar      calendars:calendar      403                     403                     sign-in-again
GET      notices:notices                 sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
POST     notices:notices                 sign-in-again           notices:notices         404                     notices:notices         notices:notices         notices:notices         403                     403                     sign-in-again
GET      kpis:template-xlsx              sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
GET      kpis:template-csv               sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
GET      kpis:spreadsheet                sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     kpis:spreadsheet                sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      uploads:upload                  sign-in                 200                     404                     404                     403                     403                     403                     403                     sign-in
GET      uploads:upload-problems         sign-in                 200                     404                     404                     403                     403                     403                     403                     sign-in
GET      uploads:upload-save             sign-in                 uploads:upload          404                     uploads:upload          403                     403                     403                     403                     sign-in
GET      uploads:upload-withdraw         sign-in                 uploads:upload          404                     uploads:upload          403                     403                     403                     403                     sign-in
GET      uploads:upload-answer           sign-in                 uploads:upload          404                     uploads:upload          403                     403                     403                     403                     sign-in
GET      uploads:upload-rows             sign-in                 uploads:upload          404                     uploads:upload          403                     403                     403                     403                     sign-in
POST     uploads:upload-answer           sign-in-again           200                     404                     404                     403                     403                     403                     403                     sign-in-again
POST     uploads:upload-rows             sign-in-again           200                     404                     404                     403                     403                     403                     403                     sign-in-again
POST     uploads:upload-save             sign-in-again           uploads:upload          404                     404                     403                     403                     403                     403                     sign-in-again
POST     uploads:upload-withdraw         sign-in-again           kpis:returns            404                     404                     403                     403                     403                     403                     sign-in-again
GET      kpis:how-we-measure             sign-in                 200                     404                     200                     200                     200                     200                     200                     sign-in
GET      kpis:published-checks           sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      trail:trail                     sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      trail:trail-csv                 sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:money                   sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:book                    sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:line                    sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:set-profile             sign-in                 budgets:line            404                     403                     403                     403                     403                     403                     sign-in
POST     budgets:set-profile             sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      budgets:enter-basis             sign-in                 budgets:line            404                     403                     403                     403                     403                     403                     sign-in
POST     budgets:enter-basis             sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      budgets:reconciliation          sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:bridge                  sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:forecasts               sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:savings                 sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:say-saving              sign-in                 budgets:savings         404                     403                     403                     403                     403                     403                     sign-in
POST     budgets:say-saving              sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      budgets:read-savings            sign-in                 403                     404                     budgets:savings         403                     403                     403                     403                     sign-in
POST     budgets:read-savings            sign-in-again           403                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      budgets:demand                  sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:scenario                sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:period                  sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:enter-period            sign-in                 budgets:period          404                     403                     403                     403                     403                     403                     sign-in
POST     budgets:enter-period            sign-in-again           budgets:period          404                     403                     403                     403                     403                     403                     sign-in-again
GET      budgets:answer-lines            sign-in                 budgets:period          404                     budgets:period          403                     403                     403                     403                     sign-in
POST     budgets:answer-lines            sign-in-again           200                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      budgets:close-period            sign-in                 403                     404                     budgets:period          403                     403                     403                     403                     sign-in
POST     budgets:close-period            sign-in-again           403                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      budgets:submit-drafts           sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     budgets:submit-drafts           sign-in-again           budgets:period          404                     403                     403                     403                     403                     403                     sign-in-again
GET      budgets:accept-lines            sign-in                 403                     404                     200                     403                     403                     403                     403                     sign-in
POST     budgets:accept-lines            sign-in-again           403                     404                     budgets:period          403                     403                     403                     403                     sign-in-again
GET      budgets:versions                sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:propose-change          sign-in                 200                     404                     200                     403                     403                     403                     403                     sign-in
POST     budgets:propose-change          sign-in-again           200                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      budgets:change                  sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:answer-change           sign-in                 budgets:change          404                     budgets:change          403                     403                     403                     403                     sign-in
POST     budgets:answer-change           sign-in-again           200                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      budgets:book-csv                sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:book-xlsx               sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:year-csv                sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:year-xlsx               sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:month-csv               sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:month-xlsx              sign-in                 200                     404                     200                     200                     403                     403                     403                     sign-in
GET      budgets:months-spreadsheet      sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     budgets:months-spreadsheet      sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      reports:reports                 sign-in                 403                     404                     403                     403                     403                     200                     403                     sign-in
GET      improvement:plan                sign-in                 improvement:overview    404                     improvement:overview    improvement:overview    improvement:overview    403                     403                     sign-in
GET      improvement:own-actions         sign-in                 200                     404                     200                     403                     200                     403                     403                     sign-in
GET      improvement:overview            sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:timeline            sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:progress            sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:progress-csv        sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:exceptions          sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:priorities          sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:priority            sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:document            sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:milestones          sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:thread              sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:plan-spreadsheet    sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
GET      improvement:plan-xlsx           sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
GET      improvement:plan-csv            sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:plan-spreadsheet    sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:recommendation      sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:action              sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:measures            sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:measure             sign-in                 200                     404                     200                     200                     200                     403                     403                     sign-in
GET      improvement:measure-value       sign-in                 improvement:measure     404                     improvement:measure     403                     403                     403                     403                     sign-in
POST     improvement:measure-value       sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:measure-terms       sign-in                 improvement:measure     404                     improvement:measure     403                     403                     403                     403                     sign-in
POST     improvement:measure-terms       sign-in-again           improvement:measure     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:measure-link        sign-in                 improvement:measure     404                     improvement:measure     403                     403                     403                     403                     sign-in
POST     improvement:measure-link        sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:update              sign-in                 improvement:action      404                     improvement:action      403                     improvement:action      403                     403                     sign-in
POST     improvement:update              sign-in-again           200                     404                     200                     403                     200                     403                     403                     sign-in-again
GET      improvement:add-evidence        sign-in                 improvement:action      404                     improvement:action      403                     improvement:action      403                     403                     sign-in
POST     improvement:add-evidence        sign-in-again           200                     404                     200                     403                     200                     403                     403                     sign-in-again
GET      improvement:ask                 sign-in                 improvement:action      404                     improvement:action      403                     improvement:action      403                     403                     sign-in
POST     improvement:ask                 sign-in-again           200                     404                     200                     403                     200                     403                     403                     sign-in-again
GET      improvement:propose-end         sign-in                 improvement:action      404                     improvement:action      403                     improvement:action      403                     403                     sign-in
POST     improvement:propose-end         sign-in-again           200                     404                     200                     403                     200                     403                     403                     sign-in-again
GET      improvement:confirm             sign-in                 improvement:action      404                     improvement:action      403                     403                     403                     403                     sign-in
POST     improvement:confirm             sign-in-again           200                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      improvement:send-back           sign-in                 improvement:action      404                     improvement:action      403                     403                     403                     403                     sign-in
POST     improvement:send-back           sign-in-again           200                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      improvement:ask-anew            sign-in                 improvement:action      404                     improvement:action      403                     403                     403                     403                     sign-in
POST     improvement:ask-anew            sign-in-again           200                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      improvement:agree-end           sign-in                 improvement:action      404                     improvement:action      403                     403                     403                     403                     sign-in
POST     improvement:agree-end           sign-in-again           200                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      improvement:decline-end         sign-in                 improvement:action      404                     improvement:action      403                     403                     403                     403                     sign-in
POST     improvement:decline-end         sign-in-again           200                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      improvement:agree-criteria      sign-in                 improvement:action      404                     improvement:action      403                     improvement:action      403                     403                     sign-in
GET      improvement:comment             sign-in                 improvement:action      404                     improvement:action      403                     improvement:action      403                     403                     sign-in
POST     improvement:agree-criteria      sign-in-again           200                     404                     200                     403                     200                     403                     403                     sign-in-again
POST     improvement:comment             sign-in-again           200                     404                     200                     403                     200                     403                     403                     sign-in-again
GET      improvement:new-plan            sign-in                 200                     404                     200                     403                     403                     403                     403                     sign-in
POST     improvement:new-plan            sign-in-again           200                     404                     200                     403                     403                     403                     403                     sign-in-again
GET      improvement:keep                sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
GET      improvement:edit-plan           sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:edit-plan           sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:add-owner           sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:add-owner           sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:edit-owner          sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:edit-owner          sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:add-priority        sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:add-priority        sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:edit-priority       sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:edit-priority       sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:add-recommendation  sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:add-recommendation  sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:edit-recommendation  sign-in                200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:edit-recommendation  sign-in-again          200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:state               sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:state               sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:add-action          sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:add-action          sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:add-measure         sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:add-measure         sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:edit-measure        sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:edit-measure        sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again
GET      improvement:edit-action         sign-in                 200                     404                     403                     403                     403                     403                     403                     sign-in
POST     improvement:edit-action         sign-in-again           200                     404                     403                     403                     403                     403                     403                     sign-in-again

GET      calendar-feed                   404                     404                     404                     404                     404                     404                     404                     404                     404

GET      api:schema                      401                     200                     200                     200                     200                     200                     200                     200                     200
GET      api:indicators                  401                     200                     404                     200                     200                     200                     200                     200                     200
GET      api:statuses                    401                     200                     404                     200                     200                     403                     403                     403                     200
GET      api:nothing                     401                     404                     404                     404                     404                     404                     404                     404                     404
OPTIONS  api:schema                      401                     200                     200                     200                     200                     200                     200                     200                     200
OPTIONS  api:indicators                  401                     200                     200                     200                     200                     200                     200                     200                     200
OPTIONS  api:statuses                    401                     200                     200                     200                     200                     200                     200                     200                     200
OPTIONS  api:nothing                     401                     200                     200                     200                     200                     200                     200                     200                     200

GET      admin:index                     admin:login             admin:login             admin:login             admin:login             admin:login             admin:login             admin:login             200                     admin:login
GET      admin:login                     sign-in                 403                     403                     403                     403                     403                     403                     admin:index             sign-in
GET      admin:logout                    admin:index             admin:index             admin:index             admin:index             admin:index             admin:index             admin:index             account                 admin:index
GET      admin:password_change           admin:login             admin:login             admin:login             admin:login             admin:login             admin:login             admin:login             password-change         admin:login
GET      admin:password_change_done      admin:login             admin:login             admin:login             admin:login             admin:login             admin:login             admin:login             200                     admin:login
GET      admin:(any other)               admin:login             admin:login             admin:login             admin:login             admin:login             admin:login             admin:login             by model                admin:login
"""  # noqa: E501 - a table is read by its columns

# Where each of a model's pages leads the administrator; 403 for any page that isn't named. Only a meeting is deleted
# here, which cancels it; a row's history is the audit trail.
HISTORY = {"history": "admin:audit_auditevent_changelist"}
LOOK = {"changelist": "200", "change": "200"} | HISTORY
ADMINISTRATION = {
    "parties_user": LOOK | {"add": "200", "password": "200"},
    "parties_contract": LOOK,
    "parties_organisation": LOOK,
    "calendars_meeting": LOOK | {"add": "200", "delete": "200"},
    "audit_auditevent": LOOK,
    "budgets_variancelimits": LOOK | {"add": "200"},
    "kpis_indicator": LOOK,
    "kpis_recomputerun": LOOK,
}


@dataclass(frozen=True)
class Row:
    method: str
    route: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def rows() -> list[Row]:
    header, *lines = [line.split("  ") for line in TABLE.splitlines() if line]
    assert tuple(cell.strip() for cell in header if cell.strip())[2:] == WRITTEN, header
    found = []
    for line in lines:
        method, route, *cells = [cell.strip() for cell in line if cell.strip()]
        assert len(cells) == len(WRITTEN), (method, route, cells)
        written = dict(zip(WRITTEN, cells, strict=True))
        found.append(Row(method, route, written | _of_finance(route, written)))
    return found


def _of_finance(route: str, written: dict[str, str]) -> dict[str, str]:
    of_money = route.startswith(OF_THE_MONEY)
    found = {role: written[own if of_money else else_] for role, (own, else_) in FINANCE.items()}
    return found | ({"lead": written["officer"]} if route.startswith(OF_FILES) else {})
