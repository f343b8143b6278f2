// Sends one usage event: node produce.js BOOTSTRAP_SERVERS REGISTRY_URL
// The registry's URL is that of Confluent's API, which for Apicurio ends in /apis/ccompat/v7.
import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { AvroSerializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';

const [bootstrapServers, registryUrl] = process.argv.slice(2);
const topic = 'tokenmeter.usage-events';
const schema = readFileSync(
  new URL('../../../../schemas/src/main/avro/UsageEvent.avsc', import.meta.url), 'utf8');

const registry = new SchemaRegistryClient({ baseURLs: [registryUrl] });
await registry.register(`${topic}-value`, { schemaType: 'AVRO', schema });
const serializer = new AvroSerializer(registry, SerdeType.VALUE, { useLatestVersion: true });

const event = {
  event_id: 'node-1', // the same whenever this event is sent again
  occurred_at: Date.now() * 1000, // microseconds
  provider: 'openai',
  model: 'gpt-4o',
  cost_role: 'LEAF',
  status: 'OK',
  usage_source: 'PROVIDER',
  run_id: 'node-run-1',
  input_tokens: 1000, // includes the cache reads
  cache_read_tokens: 400,
  output_tokens: 100,
};

const kafka = new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.ERROR });
const producer = kafka.producer({ idempotent: true });
await producer.connect();
await producer.send({
  topic,
  acks: -1,
  messages: [{
    key: event.run_id ?? event.event_id, // a run stays in one partition
    value: await serializer.serialize(topic, event),
  }],
});
await producer.disconnect();
console.log(`sent ${event.event_id}`);
