"""A crawler with tasks: each page that is found becomes a task of the group."""

import asyncio

from website import links, online

seen = {0}


async def fetch(address, page):
    reader, writer = await asyncio.open_connection(*address)
    writer.write(f"GET /{page} HTTP/1.0\r\n\r\n".encode())
    text = (await reader.read()).decode().partition("\r\n\r\n")[2]
    writer.close()
    await writer.wait_closed()
    return text


async def crawl(address, page, crawlers):
    found = set(links(await fetch(address, page))) - seen
    print(f"page {page} has {len(found)} new links")
    seen.update(found)
    for link in found:
        crawlers.create_task(crawl(address, link, crawlers), name=f"page {link}")


async def main():
    with online() as address:
        async with asyncio.TaskGroup() as crawlers:
            crawlers.create_task(crawl(address, 0, crawlers), name="page 0")
    print(f"pages {len(seen)}")


asyncio.run(main())
