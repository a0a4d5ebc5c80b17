FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv
WORKDIR /app
COPY requirements.txt constraints.txt ./
RUN uv venv /venv && UV_LINK_MODE=copy uv pip install --python /venv/bin/python --compile-bytecode -r requirements.txt
COPY . .
# Compressing and naming the static files needs settings that load, but no secret and no server.
RUN DJANGO_SETTINGS_MODULE=integrity.settings.prod STATE_DIR=/tmp/state REDIS_URL=redis://none \
    DATABASE_URL=postgresql://none@none/none DATABASE_PUBLIC_URL=postgresql://none@none/none \
    SECRET_KEY=build-only PLATFORM_SECRET=build-only \
    LEDGER_FOLD_KEY=$(printf '0%.0s' $(seq 64)) LOOKUP_KEY=$(printf '0%.0s' $(seq 64)) SEAL_KEYS=k0:$(printf '0%.0s' $(seq 64)) \
    /venv/bin/python manage.py collectstatic --noinput

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app portal && install -d -o portal -m 700 /var/lib/integrity
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER portal
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=integrity.settings.prod
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", "--workers", "2", \
     "--blocking-threads", "4", "integrity.wsgi:application"]
