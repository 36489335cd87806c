package io.spillway.policy.condition;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import io.spillway.api.request.DataClass;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/// What CEL's type checker knows in a policy. Classes and jurisdictions are types of their own, so
/// that a class compares with classes only.
final class CelTypes implements CelTypeProvider {
    static final int LONGEST_CONDITION = 4096;

    static final String DATA_CLASS_NAME = "data class";
    static final String JURISDICTION_NAME = "jurisdiction";

    private static final CelType DATA_CLASS = OpaqueType.create(DATA_CLASS_NAME);
    private static final CelType JURISDICTION = OpaqueType.create(JURISDICTION_NAME);
    static final String CALLER = "Caller";
    static final String ATTRIBUTES = "CallerAttributes";
    static final String ENVIRONMENT = "Environment";
    static final String FINDING = "Finding";

    private final ImmutableMap<String, ImmutableMap<String, CelType>> structs;

    CelTypes(Map<String, AttributeDeclaration> attributes) {
        var declared = ImmutableMap.<String, CelType>builder();
        attributes.forEach((name, it) -> declared.put(name, type(it)));
        structs =
                ImmutableMap.of(
                        ATTRIBUTES,
                        declared.buildOrThrow(),
                        CALLER,
                        ImmutableMap.of(
                                "tenant",
                                SimpleType.STRING,
                                "team",
                                SimpleType.STRING,
                                "roles",
                                ListType.create(SimpleType.STRING),
                                "attributes",
                                StructTypeReference.create(ATTRIBUTES)),
                        ENVIRONMENT,
                        ImmutableMap.of(
                                "name", SimpleType.STRING,
                                "zone", SimpleType.STRING,
                                "provider", SimpleType.STRING,
                                "region", SimpleType.STRING,
                                "clearance", DATA_CLASS,
                                "jurisdiction", JURISDICTION),
                        FINDING,
                        ImmutableMap.of(
                                "type", SimpleType.STRING,
                                "category", SimpleType.STRING,
                                "confidence", SimpleType.DOUBLE));
    }

    private static CelType type(AttributeDeclaration declaration) {
        return switch (declaration.type()) {
            case STRING -> SimpleType.STRING;
            case INT -> SimpleType.INT;
            case BOOL -> SimpleType.BOOL;
        };
    }

    /// The fields of a structure by name, for hints.
    Map<String, CelType> fields(String struct) {
        return structs.getOrDefault(struct, ImmutableMap.of());
    }

    /// The options that compiling and the tests' reference runtime share.
    static CelOptions options() {
        return CelOptions.current()
                .populateMacroCalls(true)
                .enableHeterogeneousNumericComparisons(true)
                .maxExpressionCodePointSize(LONGEST_CONDITION)
                .maxParseRecursionDepth(64)
                .build();
    }

    CelCompiler compiler(Place place) {
        var builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(options())
                        .setStandardMacros(
                                CelStandardMacro.HAS,
                                CelStandardMacro.EXISTS,
                                CelStandardMacro.ALL,
                                CelStandardMacro.FILTER)
                        .setTypeProvider(this)
                        .setResultType(SimpleType.BOOL)
                        .addFunctionDeclarations(functions());
        for (var variable : place.variables()) {
            builder.addVar(variable, variable(variable));
        }
        for (var dataClass : DataClass.values()) {
            builder.addVar(dataClass.wire(), DATA_CLASS);
        }
        return builder.build();
    }

    private static CelType variable(String name) {
        return switch (name) {
            case "dataClass" -> DATA_CLASS;
            case "findings" -> ListType.create(StructTypeReference.create(FINDING));
            case "caller" -> StructTypeReference.create(CALLER);
            case "environment" -> StructTypeReference.create(ENVIRONMENT);
            case "model", "operation" -> SimpleType.STRING;
            case "predictedTtft" -> SimpleType.DURATION;
            case "stream" -> SimpleType.BOOL;
            case "bodyBytes", "expectedPromptTokens" -> SimpleType.INT;
            case "unscanned" -> ListType.create(SimpleType.STRING);
            default -> throw new IllegalArgumentException("no type for variable " + name);
        };
    }

    private static ImmutableList<CelFunctionDecl> functions() {
        var functions = new ArrayList<CelFunctionDecl>();
        var orders =
                Map.of(
                        "_<_", "less",
                        "_<=_", "at_most",
                        "_>_", "greater",
                        "_>=_", "at_least");
        orders.forEach((operator, name) ->
                functions.add(
                        CelFunctionDecl.newFunctionDeclaration(
                                operator,
                                CelOverloadDecl.newGlobalOverload(
                                        name + "_class",
                                        SimpleType.BOOL,
                                        DATA_CLASS,
                                        DATA_CLASS))));
        for (var part : ClockPart.values()) {
            functions.add(
                    CelFunctionDecl.newFunctionDeclaration(
                            part.cel(),
                            CelOverloadDecl.newGlobalOverload(
                                    part.cel() + "_in_zone",
                                    part.kind() == Term.Kind.TEXT
                                            ? SimpleType.STRING
                                            : SimpleType.INT,
                                    SimpleType.STRING)));
        }
        functions.add(jurisdiction("_==_", "jurisdiction_is", SimpleType.STRING));
        functions.add(jurisdiction("_!=_", "jurisdiction_is_not", SimpleType.STRING));
        functions.add(jurisdiction("@in", "jurisdiction_in", ListType.create(SimpleType.STRING)));
        return ImmutableList.copyOf(functions);
    }

    private static CelFunctionDecl jurisdiction(String operator, String id, CelType right) {
        return CelFunctionDecl.newFunctionDeclaration(
                operator,
                CelOverloadDecl.newGlobalOverload(id, SimpleType.BOOL, JURISDICTION, right));
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return structs.keySet().stream()
                .map(name -> findType(name).orElseThrow())
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public Optional<CelType> findType(String name) {
        var fields = structs.get(name);
        return fields == null
                ? Optional.empty()
                : Optional.of(
                        StructType.create(
                                name,
                                fields.keySet(),
                                field -> Optional.ofNullable(fields.get(field))));
    }
}
