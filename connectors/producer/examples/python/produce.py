"""Sends one usage event: python3 produce.py BOOTSTRAP_SERVERS REGISTRY_URL

Needs confluent-kafka and avro. The registry's URL is that of Confluent's API, which for Apicurio ends in
/apis/ccompat/v7. Newer versions of confluent-kafka bring an AvroSerializer that does what register() and
serialize() do here.
"""
import io
import json
import pathlib
import struct
import sys
import urllib.request
from datetime import datetime, timezone

import avro.io
import avro.schema
from confluent_kafka import Producer

bootstrap_servers, registry_url = sys.argv[1:]
topic = "tokenmeter.usage-events"
avsc = pathlib.Path(__file__).resolve().parents[4] / "schemas/src/main/avro/UsageEvent.avsc"
schema_text = avsc.read_text()
schema = avro.schema.parse(schema_text)


def register() -> int:
    """The schema's id; registering the same schema again gives the same id."""
    request = urllib.request.Request(
        f"{registry_url}/subjects/{topic}-value/versions",
        data=json.dumps({"schema": schema_text}).encode(),
        headers={"Content-Type": "application/vnd.schemaregistry.v1+json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)["id"]


def serialize(schema_id: int, event: dict) -> bytes:
    """The registry's wire format: a zero byte, the schema's id in four bytes, the Avro body."""
    out = io.BytesIO()
    out.write(struct.pack(">bI", 0, schema_id))
    avro.io.DatumWriter(schema).write(event, avro.io.BinaryEncoder(out))
    return out.getvalue()


event = {field.name: field.default if field.has_default else None for field in schema.fields}
event.update(
    event_id="python-1",  # the same whenever this event is sent again
    occurred_at=datetime.now(timezone.utc),
    provider="anthropic",
    model="claude-sonnet-4-5",
    input_tokens=1000,  # includes the cache reads: Anthropic's own input_tokens does not
    cache_read_tokens=400,
    output_tokens=100,
)

failures = []
producer = Producer({"bootstrap.servers": bootstrap_servers, "enable.idempotence": True, "acks": "all"})
producer.produce(
    topic,
    key=event["run_id"] or event["event_id"],  # a run stays in one partition
    value=serialize(register(), event),
    on_delivery=lambda error, message: failures.append(error) if error else None,
)
producer.flush()
if failures:
    sys.exit(f"not sent: {failures[0]}")
print(f"sent {event['event_id']}")
