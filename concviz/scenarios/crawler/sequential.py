"""A crawler: it fetches a page, notes the links that it has not seen, and goes on with the next one."""

from http.client import HTTPConnection

from website import links, online


def fetch(address, page):
    connection = HTTPConnection(*address)
    connection.request("GET", f"/{page}")
    text = connection.getresponse().read().decode()
    connection.close()
    return text


with online() as address:
    seen, to_do = {0}, [0]
    while to_do:
        page = to_do.pop()
        found = set(links(fetch(address, page))) - seen
        print(f"page {page} has {len(found)} new links")
        seen |= found
        to_do += sorted(found)

print(f"pages {len(seen)}")
