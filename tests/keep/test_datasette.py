"""Datasette, the real one, opens the file: the views of datasette.yaml answer."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from made import Said, report
from onrecord.keep.store import Store

datasette_app = pytest.importorskip("datasette.app")
utils = pytest.importorskip("datasette.utils")
CONFIGURATION = Path(__file__).parents[2] / "datasette.yaml"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("datasette") / "news.db"
    with Store.open(path, access="create") as store:
        store.put(
            report(
                Said("Jane Roe", "John Doe owes us a grain deal"),
                Said("John Doe", "No comment"),
                headline="Grain",
                url="https://daily.test/grain",
            )
        )
    return path


def answers(path: Path, *addresses: str) -> list[Any]:
    async def ask() -> list[Any]:
        metadata = utils.parse_metadata(CONFIGURATION.read_text(encoding="utf-8"))
        datasette = datasette_app.Datasette([str(path)], metadata=metadata)
        await datasette.invoke_startup()
        found = []
        for address in addresses:
            response = await datasette.client.get(address)
            assert response.status_code == 200, (address, response.text)
            found.append(response.json() if ".json" in address else response.text)
        return found

    return asyncio.run(ask())


def test_every_view_and_question_answers(path: Path) -> None:
    views = ("statements", "stories", "people", "spellings", "said_about", "standing", "named")
    pages = [f"/news/{view}" for view in views]
    rows = [f"/news/{view}.json?_shape=array" for view in views]
    statements, stories, people, spellings, said_about, standing, named = answers(path, *pages, *rows)[len(views) :]
    statements.sort(key=lambda row: str(row["speaker"]))
    assert [row["speaker"] for row in statements] == ["Jane Roe", "John Doe"]
    assert statements[0]["statement"] == "“John Doe owes us a grain deal,”"
    assert statements[0]["link"] == "https://daily.test/grain"
    assert (stories[0]["headline"], stories[0]["statements"]) == ("Grain", 2)
    assert {row["name"] for row in people} == {row["spelling"] for row in spellings} == {"Jane Roe", "John Doe"}
    assert [(row["speaker"], row["about"]) for row in said_about] == [("Jane Roe", "John Doe")]
    assert standing == []
    assert {row["spelling"] for row in named} == {"Jane Roe", "John Doe"}


def test_the_questions_of_the_configuration_answer(path: Path) -> None:
    search, about, least = answers(
        path,
        "/news/search_statements.json?words=grain+deal&phrase=grain+deal&_shape=array",
        "/news/said_about.json?speaker=Jane&about=Doe&_shape=array",
        "/news/least_certain.json?_shape=array",
    )
    assert [row["speaker"] for row in search] == ["Jane Roe"]
    assert len(about) == 1
    assert len(least) == 2
