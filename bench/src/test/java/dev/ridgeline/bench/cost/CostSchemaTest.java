package dev.ridgeline.bench.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ridgeline.bench.ledger.Ledger;
import dev.ridgeline.bench.ledger.LedgerEntry;
import dev.ridgeline.bench.ledger.LedgerSection;
import dev.ridgeline.bench.ledger.LedgerTimer;
import dev.ridgeline.bench.ledger.SyntheticLedgerTimer;
import dev.ridgeline.bench.peers.AddedTime;
import dev.ridgeline.bench.peers.BesidePyTorch;
import dev.ridgeline.report.Json;
import dev.ridgeline.report.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The schema describes what is written: each field of {@code cost.json}, and nothing else. */
class CostSchemaTest {
    private final Map<String, Object> schema = Json.read(CostReport.schema());
    private final List<String> faults = new ArrayList<>();

    @Test
    void whatIsWrittenIsAsDescribed() {
        check("", schema, written());
        assertEquals(List.of(), faults);
    }

    @Test
    void theVersionIsThatOfTheReport() {
        Map<?, ?> version = (Map<?, ?>) ((Map<?, ?>) schema.get("properties")).get("schemaVersion");
        assertEquals(CostReport.SCHEMA_VERSION, version.get("const"));
    }

    @Test
    void theVerdictsAreAllOfThem() {
        Map<?, ?> estimate = (Map<?, ?>) ((Map<?, ?>) schema.get("$defs")).get("estimate");
        Map<?, ?> verdict = (Map<?, ?>) ((Map<?, ?>) estimate.get("properties")).get("verdict");
        List<String> words =
                List.of(Verdict.values()).stream().map(Verdict::toString).toList();
        assertEquals(words.stream().sorted().toList(), sorted((List<?>) verdict.get("enum")));
    }

    @Test
    void anotherShapeIsNoticed() {
        Map<String, Object> other = new LinkedHashMap<>(written());
        other.remove("noise");
        other.put("seed", "42");
        other.put("noises", List.of());
        check("", schema, other);
        assertEquals(3, faults.size(), faults::toString);
        assertFalse(faults.stream().noneMatch(fault -> fault.startsWith("/seed")), faults::toString);
    }

    @Test
    void whatStandsBesidePyTorchIsAsDescribedToo() {
        Interval added = new Interval(0.04, 0.03, 0.05);
        List<AddedTime> both = List.of(
                new AddedTime("iris", "l2", AddedTime.System.RIDGELINE, "fused", 20_000, added),
                new AddedTime("iris", "l2", AddedTime.System.PYTORCH, "compiled", 90_000, added));
        Section section = new BesidePyTorch(both, Map.of()).section("a processor");
        CostReport report = new CostReport(CostRunTest.synthetic(), List.of(section));
        Map<String, Object> json = Json.read(Json.write(report.json()));
        assertEquals(2, ((List<?>) json.get("besidePyTorch")).size());
        check("", schema, json);
        assertEquals(List.of(), faults);
    }

    private static Map<String, Object> written() {
        return Json.read(Json.write(new CostReport(CostRunTest.synthetic()).json()));
    }

    @Test
    void theLedgerIsDescribedToo() {
        CostResult result = CostRunTest.synthetic();
        LedgerTimer timer = new SyntheticLedgerTimer(1.01, Map.of("cycles", 1234.5));
        Ledger ledger = CostLedger.measure(result, Schedule.of(result), timer, part -> {});
        CostReport report = new CostReport(result, new LedgerSection(ledger).sections());
        check("", schema, Json.read(Json.write(report.json())));
        assertEquals(List.of(), faults);

        List<LedgerEntry> unmeasured = ledger.entries().stream()
                .map(entry -> new LedgerEntry(entry.step(), entry.kernels(), null))
                .toList();
        Ledger without = new Ledger(1, null, unmeasured, "no perf", List.of("the ceilings failed."));
        report = new CostReport(result, new LedgerSection(without).sections());
        check("", schema, Json.read(Json.write(report.json())));
        assertEquals(List.of(), faults);
    }

    private static List<String> sorted(List<?> values) {
        return values.stream().map(Object::toString).sorted().toList();
    }

    /** The part of JSON Schema that ours uses. */
    private void check(String at, Map<?, ?> described, Object value) {
        if (described.get("$ref") instanceof String reference) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            check(at, (Map<?, ?>) ((Map<?, ?>) schema.get("$defs")).get(name), value);
        }
        if (described.get("anyOf") instanceof List<?> choices) {
            int before = faults.size();
            boolean any = choices.stream().anyMatch(choice -> {
                check(at, (Map<?, ?>) choice, value);
                boolean fits = faults.size() == before;
                faults.subList(before, faults.size()).clear();
                return fits;
            });
            fault(!any, at, "fits none of " + choices);
        }
        if (described.containsKey("const")) {
            fault(!described.get("const").equals(value), at, "is " + value);
        }
        if (described.get("enum") instanceof List<?> values) {
            fault(!values.contains(value), at, "is " + value);
        }
        if (described.containsKey("type")) {
            List<?> types = described.get("type") instanceof List<?> several ? several : List.of(described.get("type"));
            fault(types.stream().noneMatch(type -> is((String) type, value)), at, "is no " + types + ": " + value);
        }
        if (value instanceof List<?> list && described.get("items") instanceof Map<?, ?> items) {
            list.forEach(element -> check(at + "/-", items, element));
        }
        if (value instanceof Map<?, ?> map && described.get("properties") instanceof Map<?, ?> properties) {
            ((List<?>) described.get("required"))
                    .forEach(name -> fault(!map.containsKey(name), at + "/" + name, "is missing"));
            map.forEach((name, element) -> {
                if (properties.get(name) instanceof Map<?, ?> property) {
                    check(at + "/" + name, property, element);
                } else {
                    fault(true, at + "/" + name, "is not described");
                }
            });
        }
    }

    private void fault(boolean is, String at, String what) {
        if (is) {
            faults.add(at + " " + what);
        }
    }

    private static boolean is(String type, Object value) {
        return switch (type) {
            case "null" -> value == null;
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            default -> throw new IllegalArgumentException(type);
        };
    }
}
