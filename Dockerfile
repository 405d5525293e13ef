# Curbcut with a browser. Build: docker build -t curbcut .   Run: see docs/ci.md
FROM debian:trixie-slim

# Debian keeps one version of a package, so that a pinned one would be gone with the next security update.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      ca-certificates git python3 python3-venv \
      chromium chromium-headless-shell chromium-driver fonts-liberation fontconfig \
 && rm -rf /var/lib/apt/lists/*

# Chromium's sandbox works for an ordinary user only; as root it would run without one.
# A folder from outside belongs to somebody else: git would refuse it, and --changed-since with it.
RUN useradd --create-home --uid 1000 curbcut && git config --system --add safe.directory '*'
COPY --chown=curbcut:curbcut . /opt/curbcut
USER 1000:1000
ENV HOME=/home/curbcut
RUN CURBCUT_BROWSER_DOWNLOAD=no /opt/curbcut/bin/setup
ENV PATH=/opt/curbcut/.venv/bin:$PATH

WORKDIR /work
ENTRYPOINT ["curbcut"]
CMD ["--help"]
