"""Sends the forms of the savings as a browser does."""

SAVINGS = "/contracts/sandwell/money/savings/"
SAY, READ = f"{SAVINGS}say/", f"{SAVINGS}read/"


def say(client, saving, **given):
    sent = {"saving": saving.pk, "version": "0", "delivered": "", "at_risk": "", "words": ""} | given
    return client.post(SAY, sent, follow=True)


def read(client, plan, **given):
    return client.post(READ, {"plan": plan.pk, "version": "0"} | given, follow=True)
