# A worker: TensorFlow for CPUs (EXTRA=worker) or with CUDA (EXTRA=gpu).
FROM python:3.12-slim
ARG EXTRA=worker
WORKDIR /autolr
COPY pyproject.toml README.md ./
COPY backend backend
COPY worker worker
RUN pip install --no-cache-dir -e ".[cluster,${EXTRA}]"
COPY grammars grammars
COPY presets presets
COPY alembic alembic
RUN useradd --create-home autolr && mkdir /data && chown autolr /data
USER autolr
CMD ["autolr", "worker"]
