"""What a page says of itself to caches."""


def kept(client, *addresses: str) -> dict[str, str]:
    """Return what the pages among these that are not no-store say instead."""
    found = {}
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200, (address, page.status_code)
        said = page.headers["Cache-Control"]
        if said != "no-store" or "ETag" in page.headers or "X-Keep" in page.headers:
            found[address] = said
    return found
