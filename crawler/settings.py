"""Scrapy settings: each departs from Scrapy's default, and says why; what is not here is the default."""

import os

BOT_NAME = "mingcha"
SPIDER_MODULES = ["crawler.spider"]

# Who visits, and where a webmaster can reach them. The contact comes from the environment, or is written here.
MINGCHA_CONTACT = os.environ.get("MINGCHA_CONTACT", "")
USER_AGENT = f"MingchaBot/0.1 (+{MINGCHA_CONTACT})" if MINGCHA_CONTACT else "MingchaBot/0.1"

# asyncio alone: no global reactor, so one process makes several looks one after the other; 4 % faster (STACK 7).
TWISTED_REACTOR_ENABLED = False

# Exact headers, legacy TLS, addresses decided on before connecting, gaps per host: see crawler/fetching/downloading.py.
# A replay exchanges both for ReplayDownloadHandler. Nothing else may be asked: no file:, no ftp:, no s3:.
DOWNLOAD_HANDLERS = {
    "http": "crawler.fetching.downloading.GuestDownloadHandler",
    "https": "crawler.fetching.downloading.GuestDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

# One request at a time a host (CONTRACTS: guests): crawler/fetching/lanes.py gives out one, and the gap is kept by
# politeness.py, which measures from the end of the answer; Scrapy's runs from sending and may be halved by its jitter.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0
DOWNLOAD_DELAY_JITTER = 0
# So many hosts are asked side by side.
CONCURRENT_REQUESTS = 16
# Each response starts that many tasks over what the callback yields (scrapy#5182); we yield a handful of requests.
CONCURRENT_ITEMS = 1

# Scrapy parses the source of a callback for each response to give this warning: 0.7 ms a page, and ours return lists.
WARN_ON_GENERATOR_RETURN_VALUE = False
# The ledger knows what was fetched (a control page is fetched again on purpose); a JOBDIR loses pages on a kill.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# The archive next to the wire. All others off: redirects, second tries, robots, cookies and decoding are decided in
# crawler/fetching/errands.py, where each hop is archived and checked for scope; Scrapy's would do it unseen.
DOWNLOADER_MIDDLEWARES = {
    "crawler.fetching.archiving.ArchivingMiddleware": 995,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": None,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
# HttpError would drop 4xx and 5xx, UrlLength would drop long addresses: both are answers to be recorded.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
RETRY_ENABLED = False
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
COOKIES_ENABLED = False
COMPRESSION_ENABLED = False
HTTPPROXY_ENABLED = False
# robots.txt is obeyed by errands.py: Scrapy takes a 503 for "all allowed" (RFC 9309 2.3.1.4 says the opposite).
ROBOTSTXT_OBEY = False

# Both are on by default and open ports, the first one to run Python sent to it.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
EXTENSIONS = {
    # Progress and ends are ours (CrawlProgress, CrawlEnd); these count and print beside them.
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.logcount.LogCount": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
}
STATS_DUMP = False
