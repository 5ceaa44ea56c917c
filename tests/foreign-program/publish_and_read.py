"""Asks for a payment and reads it back, with Confluent's own client: no line of this project is imported.

Needs Python 3.9 or newer and the package in requirements.txt. Environment: KAFKA_BROKERS,
SCHEMA_REGISTRY_URL, TENANT_ID, SERVICE_ID, CORE_URL. Prints one line of JSON without personal values.
"""

import json
import os
import sys
import time
import uuid
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

BROKERS = os.environ["KAFKA_BROKERS"]
REGISTRY_URL = os.environ["SCHEMA_REGISTRY_URL"]
TENANT_ID = os.environ["TENANT_ID"]
SERVICE_ID = os.environ["SERVICE_ID"]
CORE_URL = os.environ["CORE_URL"]
SECONDS_MAX = 30


def instant(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds")


def new_application() -> dict:
    """A fictional citizen's application that waits to be paid, 42.50 euros."""
    now = datetime.now(timezone.utc)
    application_id = str(uuid.uuid4())
    amount = Decimal("42.50")
    form = {
        "applicant.data.completename.data.name": "Luca",
        "applicant.data.completename.data.surname": "Prova",
        "applicant.data.fiscal_code.data.fiscal_code": "PRVLCU85M15X000R",
        "applicant.data.email_address": "luca.prova@example.org",
    }
    return {
        "id": application_id,
        "user": str(uuid.uuid4()),
        "service_id": SERVICE_ID,
        "tenant_id": TENANT_ID,
        "data": json.dumps(form),
        "created_at": instant(now),
        "payment_data": {
            "amount": amount,
            "reason": "Fictional fee of a foreign program",
            "expire_at": instant(now + timedelta(days=90)),
            "split": [{"code": "c_1", "amount": amount, "meta": "{}"}],
            "notify": {
                "url": f"{CORE_URL}/api/applications/{application_id}/payment",
                "method": "POST",
            },
            "landing": {"url": f"{CORE_URL}/it/pratiche/{application_id}/detail", "method": "GET"},
        },
        "status": "1500",
        "status_name": "status_payment_pending",
        "event_id": str(uuid.uuid4()),
        "event_version": "2.0",
        "event_created_at": instant(now),
        "app_id": "foreign-program:1.0.0",
    }


def publish(registry: SchemaRegistryClient, application: dict) -> None:
    schema = registry.get_latest_version("applications-value").schema
    serialise = AvroSerializer(
        registry, schema.schema_str, conf={"auto.register.schemas": False, "use.latest.version": True}
    )
    failures = []
    producer = Producer(
        {
            "bootstrap.servers": BROKERS,
            "enable.idempotence": True,
            # The partitioner of every writer of these topics.
            "partitioner": "murmur2_random",
        }
    )
    producer.produce(
        "applications",
        key=application["service_id"],
        value=serialise(application, SerializationContext("applications", MessageField.VALUE)),
        on_delivery=lambda error, _: failures.append(error) if error else None,
    )
    if producer.flush(SECONDS_MAX) > 0 or failures:
        raise SystemExit(f"the application was not acknowledged: {failures}")


def open_reader() -> Consumer:
    """A reader of `payments`, committed records only, that stands at the present end."""
    consumer = Consumer(
        {
            "bootstrap.servers": BROKERS,
            "group.id": f"foreign-program-{uuid.uuid4()}",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
        }
    )
    found = consumer.list_topics("payments", timeout=SECONDS_MAX).topics["payments"].partitions
    ends = []
    for number in found:
        _, end = consumer.get_watermark_offsets(
            TopicPartition("payments", number), timeout=SECONDS_MAX
        )
        ends.append(TopicPartition("payments", number, end))
    consumer.assign(ends)
    return consumer


def first_payment(consumer: Consumer, registry: SchemaRegistryClient, application_id: str) -> dict:
    deserialise = AvroDeserializer(registry)
    deadline = time.monotonic() + SECONDS_MAX
    while time.monotonic() < deadline:
        message = consumer.poll(0.5)
        if message is None:
            continue
        if message.error():
            raise KafkaException(message.error())
        context = SerializationContext("payments", MessageField.VALUE)
        payment = deserialise(message.value(), context)
        if payment is not None and payment["remote_id"] == application_id:
            return payment
    raise SystemExit(f"no payment of application {application_id} within {SECONDS_MAX} s")


def main() -> None:
    registry = SchemaRegistryClient({"url": REGISTRY_URL})
    application = new_application()
    consumer = open_reader()
    try:
        publish(registry, application)
        payment = first_payment(consumer, registry, application["id"])
    finally:
        consumer.close()
    amount = payment["payment"]["amount"]
    told = {
        "application_id": application["id"],
        "payment_id": payment["id"],
        "status": payment["status"],
        "amount": str(amount),
        "amount_type": type(amount).__name__,
        "currency": payment["payment"]["currency"],
        "app_id": payment["app_id"],
    }
    json.dump(told, sys.stdout)
    print()


if __name__ == "__main__":
    main()
