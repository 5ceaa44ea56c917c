import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The rival of `npm run bench engine`: what the bench's own units do, as one processes it with Kafka Streams. Takes
 * `name=value` arguments; names with a dot are settings of Streams. Ends when its standard input does.
 */
public final class StreamsBench {
  public static void main(String[] arguments) throws Exception {
    Map<String, String> given = new HashMap<>();
    Properties settings = new Properties();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts[0].contains(".")) settings.put(parts[0], parts[1]);
      else given.put(parts[0], parts[1]);
    }
    Codec events = new Codec(given.get("eventSchema"), Integer.parseInt(given.get("eventId")));
    String unit = settings.getProperty("application.id");
    boolean hasState = given.containsKey("rowSchema");
    Topology topology = new Topology();
    topology.addSource("in", new StringDeserializer(), new ByteArrayDeserializer(), given.get("input"));
    if (hasState) {
      Codec rows = new Codec(given.get("rowSchema"), Integer.parseInt(given.get("rowId")));
      topology.addProcessor("handle", () -> new Counting(unit, events, rows), "in");
      topology.addStateStore(
          Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore("rows"), Serdes.String(), Serdes.ByteArray()),
          "handle");
    } else {
      topology.addProcessor("handle", () -> new Passing(unit, events), "in");
    }
    topology.addSink("out", given.get("output"), new StringSerializer(), new ByteArraySerializer(), "handle");
    KafkaStreams streams = new KafkaStreams(topology, settings);
    streams.setStateListener((state, before) -> {
      System.out.println(state);
      if (state == KafkaStreams.State.ERROR) Runtime.getRuntime().halt(1);
    });
    streams.start();
    while (System.in.read() >= 0) continue;
    Runtime.getRuntime().halt(0);
  }

  /** Avro behind Confluent's five bytes. Its buffers are used again: for one thread, as Streams runs it here. */
  static final class Codec {
    final Schema schema;
    private final int id;
    private final GenericDatumReader<GenericRecord> reader;
    private final GenericDatumWriter<GenericRecord> writer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private GenericRecord record;
    private BinaryDecoder decoder;
    private BinaryEncoder encoder;

    Codec(String path, int id) throws IOException {
      this.id = id;
      schema = new Schema.Parser().parse(new File(path));
      reader = new GenericDatumReader<>(schema);
      writer = new GenericDatumWriter<>(schema);
    }

    GenericRecord decode(byte[] value) {
      if (value[0] != 0) throw new IllegalArgumentException("no Avro of the registry");
      try {
        decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, decoder);
        record = reader.read(record, decoder);
        return record;
      } catch (IOException error) {
        throw new IllegalArgumentException(error);
      }
    }

    byte[] encode(GenericRecord value) {
      try {
        bytes.reset();
        bytes.write(0);
        bytes.write(id >>> 24);
        bytes.write(id >>> 16);
        bytes.write(id >>> 8);
        bytes.write(id);
        encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
        writer.write(value, encoder);
        encoder.flush();
        return bytes.toByteArray();
      } catch (IOException error) {
        throw new IllegalStateException(error);
      }
    }
  }

  /** Writes each event on as a new one: an id of its own, the time it was written, and the story's headers. */
  static class Passing implements Processor<String, byte[], String, byte[]> {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private final String unit;
    private final Codec events;
    private long second = -1;
    private String createdAt;
    protected ProcessorContext<String, byte[]> context;

    Passing(String unit, Codec events) {
      this.unit = unit;
      this.events = events;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
      this.context = context;
    }

    @Override
    public void process(Record<String, byte[]> record) {
      RecordMetadata place = context.recordMetadata().get();
      GenericRecord event = events.decode(record.value());
      String cause = event.get("event_id").toString();
      handle(record.key(), event);
      String here = place.topic() + "/" + place.partition() + "/" + place.offset();
      byte[] identity = (unit + "|" + here + "|0").getBytes(StandardCharsets.UTF_8);
      event.put("transaction_id", place.partition() + "/" + place.offset());
      event.put("event_id", UUID.nameUUIDFromBytes(identity).toString());
      event.put("event_version", "1.0");
      event.put("event_created_at", formatted(record.timestamp()));
      event.put("app_id", unit + ":1");
      Headers headers = new RecordHeaders();
      headers.add("correlation-id", inherited(record.headers(), "correlation-id", cause));
      headers.add("causation-id", bytesOf(cause));
      headers.add("corrente-unit", bytesOf(unit));
      headers.add("corrente-origin", inherited(record.headers(), "corrente-origin", here));
      String key = event.get("payment_id").toString();
      context.forward(new Record<>(key, events.encode(event), record.timestamp(), headers));
    }

    protected void handle(String key, GenericRecord event) {}

    private String formatted(long timestamp) {
      if (timestamp / 1000 != second) {
        second = timestamp / 1000;
        createdAt = Instant.ofEpochMilli(timestamp).truncatedTo(ChronoUnit.SECONDS).atZone(ROME)
            .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      }
      return createdAt;
    }

    private static byte[] bytesOf(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] inherited(Headers headers, String name, String otherwise) {
      Header header = headers.lastHeader(name);
      return header == null ? bytesOf(otherwise) : header.value();
    }
  }

  /** Counts the events of each key, and adds up their cents. */
  static final class Counting extends Passing {
    private static final String FILLER =
        "as long as what a person writes about one payment, and a little longer, to be as large as what units keep for a payment";
    private final Codec rows;
    private KeyValueStore<String, byte[]> store;

    Counting(String unit, Codec events, Codec rows) {
      super(unit, events);
      this.rows = rows;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
      super.init(context);
      store = context.getStateStore("rows");
    }

    @Override
    protected void handle(String key, GenericRecord event) {
      long count = 1;
      long cents = centsOf((ByteBuffer) event.get("amount"));
      byte[] before = store.get(key);
      if (before != null) {
        String text = rows.decode(before).get("status").toString();
        int bar = text.indexOf('|');
        count += Long.parseLong(text.substring(0, bar));
        cents += Long.parseLong(text.substring(bar + 1, text.indexOf('|', bar + 1)));
      }
      GenericRecord row = new GenericData.Record(rows.schema);
      row.put("payment_id", key);
      row.put("status", count + "|" + cents + "|" + event.get("message") + "|" + FILLER);
      store.put(key, rows.encode(row));
      event.put("connector", Long.toString(count));
      event.put("amount", ByteBuffer.wrap(BigInteger.valueOf(cents).toByteArray()));
    }

    private static long centsOf(ByteBuffer unscaled) {
      byte[] bytes = new byte[unscaled.remaining()];
      unscaled.duplicate().get(bytes);
      return new BigInteger(bytes).longValue();
    }
  }
}
