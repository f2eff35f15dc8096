"""Who sees a file, and what its page costs."""

import pytest

from kpis.figures.models import Figure
from tests.uploads.sheets import ADDRESS, HEAD, save
from uploads.models import Upload

pytestmark = pytest.mark.usefixtures("in_process")


def test_only_the_trust_of_the_contract_sees_it(participant, send, signed_in, persona, other_trust_manager):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\n".encode())
    pages = {"": "get", "problems.csv": "get", "save/": "post", "withdraw/": "post"}

    for page, method in pages.items():
        address = f"{ADDRESS}uploads/{upload.pk}/{page}"
        assert getattr(signed_in(persona("scrutiny-member")), method)(address).status_code == 403
        # Who hands in files of another kind has none of this one.
        assert getattr(signed_in(persona("client-officer")), method)(address).status_code == 404
        stranger = signed_in(other_trust_manager)
        assert getattr(stranger, method)(address).status_code == 404
        elsewhere = address.replace("sandwell", "elsewhere")
        assert getattr(stranger, method)(elsewhere).status_code == 404
    upload.refresh_from_db()
    assert upload.state == Upload.State.CHECKED


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_files_that_there_are_not(manager, number):
    assert manager.get(f"{ADDRESS}uploads/{number}/").status_code == 404
    assert manager.post(f"{ADDRESS}uploads/{number}/save/").status_code == 404


def test_the_page_of_a_file_asks_few_queries(manager, send, django_assert_max_num_queries):
    upload = send(f"{HEAD}PI3,2020-03,196,273,,\nPI4,2020-02,1,2,,\n".encode())

    with django_assert_max_num_queries(8):
        manager.get(f"{ADDRESS}uploads/{upload.pk}/")
    with django_assert_max_num_queries(15):
        manager.get(f"{ADDRESS}returns/2020-03/template.xlsx")


def test_what_is_saved_from_a_file_is_seen_by_no_council_officer(manager, send, signed_in, persona):
    upload = send(f"{HEAD}PI3,2020-03,4242,8888,,Zanzibar\n".encode())
    save(manager, upload)

    officer = signed_in(persona("client-officer"))
    for page in ("", "review/", "indicators/PI3/", "indicators/PI3/figures.csv"):
        answer = officer.get(ADDRESS + page)
        assert b"Zanzibar" not in answer.content
        assert b"4,242" not in answer.content
    assert not Figure.objects.filter(latest__numerator=4242).exists()
