# The apps of Corrente, all in one image: `corrente <app>` runs one of them. The version of Node is that of .node-version,
# which the tests run on.
ARG NODE_VERSION=20.20.2

FROM node:${NODE_VERSION}-bookworm AS build
WORKDIR /app
# Apart from the sources: what is compiled here is kept as long as the dependencies are the same.
COPY package.json package-lock.json .npmrc ./
COPY streams/core/native streams/core/native
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
RUN npm run native \
  && node bin/prune.cjs \
  && node bin/build.cjs \
  && npm sbom --omit=dev --package-lock-only --sbom-format=cyclonedx > sbom.cdx.json

FROM node:${NODE_VERSION}-bookworm-slim
ARG VERSION=0.1.0
ARG NODE_VERSION=20.20.2
LABEL org.opencontainers.image.title="Corrente" \
  org.opencontainers.image.description="Stream processing for public payments, exports and card debits" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.base.name="docker.io/library/node:${NODE_VERSION}-bookworm-slim"
# What the Kafka client is linked to, and whom it trusts. Debian keeps one version of each: a pinned one would be gone.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates libssl3 zlib1g \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=1000 --group=1000 --mode=0700 /var/lib/corrente
WORKDIR /app
# Root's, and read by the user it runs as.
COPY --from=build /app /app
ENV NODE_ENV=production \
  CORRENTE_BUILD=off \
  CORRENTE_HOME=/var/lib/corrente
# `node` of the base image, as a number so that a cluster can tell that it is not root.
USER 1000:1000
# Of the app that listens at PORT; a job that listens nowhere switches it off.
HEALTHCHECK --interval=10s --timeout=5s --start-period=2m --retries=6 \
  CMD ["node", "bin/healthy.cjs", "/status"]
ENTRYPOINT ["node", "bin/corrente.cjs"]
CMD ["--help"]
