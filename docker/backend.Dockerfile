# Web server, API and dashboard: without TensorFlow.
FROM python:3.12-slim
WORKDIR /autolr
COPY pyproject.toml README.md ./
COPY backend backend
COPY worker worker
# Editable: pages, grammars, presets and migrations are read from this folder.
RUN pip install --no-cache-dir -e ".[cluster]"
COPY frontend frontend
COPY grammars grammars
COPY presets presets
COPY alembic alembic
RUN useradd --create-home autolr && mkdir /data && chown autolr /data
USER autolr
EXPOSE 8400
HEALTHCHECK --interval=5s --retries=12 CMD \
    python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8400/readyz', timeout=4)"
CMD ["autolr", "serve"]
