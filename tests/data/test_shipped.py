import pytest

from returns_cli.data import shipped


@pytest.mark.parametrize("name", ["policies", "examples", "__init__.py"])
def test_a_shipped_file_is_found_by_its_name(name: str) -> None:
    assert shipped(name).exists()
    assert shipped(name).name == name


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="no name"),
        pytest.param("/etc/passwd", id="an absolute path"),
        pytest.param("../__init__.py", id="a way up"),
        pytest.param("policies/../../pyproject.toml", id="a way up from inside"),
        pytest.param("..\\__init__.py", id="a way up with a backslash"),
    ],
)
def test_a_name_never_leads_out_of_the_shipped_files(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a shipped file"):
        shipped(name)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("policies/none.yaml", id="no such policy"),
        pytest.param("pyproject.toml", id="other files of the checkout are not shipped"),
    ],
)
def test_a_missing_file_is_named(name: str) -> None:
    with pytest.raises(FileNotFoundError, match=name):
        shipped(name)
