// Prints what events cost, from the beginning: node read-costs.js BOOTSTRAP_SERVERS REGISTRY_URL COUNT
import kafkajs from 'kafkajs';
import lz4 from 'lz4js';
import { AvroDeserializer, SchemaRegistryClient, SerdeType } from '@confluentinc/schemaregistry';

const [bootstrapServers, registryUrl, count] = process.argv.slice(2);
const topic = 'tokenmeter.costed-usage';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs;
// Tokenmeter's output is compressed with LZ4, which kafkajs leaves to its users.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

const registry = new SchemaRegistryClient({ baseURLs: [registryUrl] });
const deserializer = new AvroDeserializer(registry, SerdeType.VALUE, {});
const kafka = new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.ERROR });
// kafkajs reads committed records only, unless it is told otherwise.
const consumer = kafka.consumer({ groupId: `read-costs-${Date.now()}` });
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });

/** An Avro decimal: a big-endian two's complement integer; the scale is the schema's, 12. */
function dollars(bytes) {
  if (bytes === null) {
    return 'no price yet';
  }
  const picos = BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`));
  const digits = picos.toString().padStart(13, '0');
  return `$${digits.slice(0, -12)}.${digits.slice(-12)}`;
}

let left = Number(count);
await consumer.run({
  eachMessage: async ({ message }) => {
    const costed = await deserializer.deserialize(topic, message.value);
    console.log(`${costed.event_id}: ${dollars(costed.cost_usd)} (${costed.pricing_status})`);
    left -= 1;
    if (left === 0) {
      setImmediate(() => consumer.disconnect());
    }
  },
});
