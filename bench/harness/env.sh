# Settings under which ../../../shared/bench/run.sh drives the service: . bench/harness/env.sh, then run.sh -t "raw nginx project".
# Each stream is a real job for a blog post: submitted, then watched. The stub's words are no article, so the editor is asked twice and the
# job fails at its end; its four answers (research, draft, edit, edit again) all reach the reader.
crew_home=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
crew_bench=${BENCH_WORK:-${TMPDIR:-/tmp}/ccc-bench}/crew
mkdir -p "$crew_bench"

export TIERS_FILE=$crew_home/bench/harness/tiers.yaml DATA_DIR=$crew_bench/data LOG_LEVEL=warning
export LLM_PARALLEL=100000 JOB_CONCURRENCY=100000 SECRET_KEY=not-a-secret-for-measuring-only-0123456789
export MAX_CONNECTIONS=1000000 MAX_STREAMS=1000000 STREAMS_PER_USER=1000000
export ACCESS_TOKEN_TTL=7d PORT=${CREW_BENCH_PORT:-18450}
export CREW_JAVA_OPTS=${CREW_JAVA_OPTS:--Xmx1g -XX:+UseSerialGC}

# Webhooks (S6): CREW_BENCH_HOOKS=1 gets 100,000 subscriptions ready; afterwards ./crew bench hooks --data "$DATA_DIR" --check tells what
# the deliveries led to. What the service is told and what HookEvent.java says is sold must be the same.
crew_hooks=
if [ "${CREW_BENCH_HOOKS:-}" = 1 ]; then
  "$crew_home/crew" bench hooks --data "$DATA_DIR" --body "$crew_bench/hook.json" >&2 || return
  export DB_POOL_SIZE=${DB_POOL:-20} # as many connections as the peers have
  export PROJECT_HOOK_PATH=/api/webhooks/stripe PROJECT_HOOK_BODY
  PROJECT_HOOK_BODY=$(cat "$crew_bench/hook.json")
  crew_hooks='env STRIPE_WEBHOOK_SECRET="$HOOK_SECRET" STRIPE_PRICES=enterprise.month=price_enterprise '
fi

"$crew_home/crew" demo --users "${CREW_BENCH_USERS:-5000}" --tier enterprise --tokens "$crew_bench/tokens.tsv" >&2

export PROJECT_START="$crew_hooks$crew_home/crew run" PROJECT_URL=http://127.0.0.1:$PORT PROJECT_METHOD=GET PROJECT_BODY=
export PROJECT_PRE_PATH=/v1/content/generate PROJECT_PRE_BODY='{"topic":"Spring cleaning {u}","formats":["blog"]}'
export PROJECT_PRE_EXTRACT='"id":"([0-9a-f-]{36})"' PROJECT_PATH='/v1/content/jobs/{id}/stream'
export PROJECT_HEADERS='Authorization: Bearer {v1}' PROJECT_VARS=$crew_bench/tokens.tsv PROJECT_ANSWERS=4
export PROJECT_READ_PATH=/v1/auth/me PROJECT_TOKENS=$crew_bench/tokens.tsv
