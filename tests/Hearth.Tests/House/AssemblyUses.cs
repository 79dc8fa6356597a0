using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Hearth.Tests.House;

/// <summary>A type that names another one, anywhere: base types, members, attributes and the code of methods.</summary>
public sealed record Use(string From, string To);

/// <summary>Reads from a compiled assembly which type uses which, without loading it.</summary>
public sealed class AssemblyUses
{
    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => code.Value, code => code.OperandType);

    private readonly PEReader file;
    private readonly MetadataReader reader;
    private readonly HashSet<Use> uses = [];

    private AssemblyUses(PEReader file) => (this.file, reader) = (file, file.GetMetadataReader());

    public static IReadOnlyCollection<Use> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reading = new AssemblyUses(file);
        foreach (var handle in reading.reader.TypeDefinitions) reading.ReadType(handle);
        return reading.uses;
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var names = new Names(reader, FullName(reader, handle), uses);
        names.Add(type.BaseType);
        foreach (var item in type.GetInterfaceImplementations()) names.Add(reader.GetInterfaceImplementation(item).Interface);
        foreach (var field in type.GetFields()) reader.GetFieldDefinition(field).DecodeSignature(names, null);
        foreach (var parameter in type.GetGenericParameters())
        {
            foreach (var constraint in reader.GetGenericParameter(parameter).GetConstraints()) names.Add(reader.GetGenericParameterConstraint(constraint).Type);
        }
        foreach (var attribute in type.GetCustomAttributes()) names.Add(reader.GetCustomAttribute(attribute).Constructor);
        foreach (var method in type.GetMethods()) ReadMethod(reader.GetMethodDefinition(method), names);
    }

    private void ReadMethod(MethodDefinition method, Names names)
    {
        method.DecodeSignature(names, null);
        if (method.RelativeVirtualAddress == 0) return;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
        foreach (var region in body.ExceptionRegions) names.Add(region.CatchType);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            short value = code.ReadByte();
            if (value == 0xFE) value = (short)(0xFE00 | code.ReadByte());
            switch (Operands[value])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    names.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
    }

    // Nested types, closures and state machines speak for the type that they stand in.
    private static string FullName(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? FullName(reader, outer) : Join(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private static string FullName(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? FullName(reader, (TypeReferenceHandle)type.ResolutionScope)
            : Join(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private static string Join(string space, string name) => space.Length == 0 ? name : space + "." + name;

    /// <summary>Notes every type that a signature or token mentions.</summary>
    private sealed class Names(MetadataReader reader, string from, HashSet<Use> uses) : ISignatureTypeProvider<bool, object?>
    {
        public void Add(EntityHandle handle)
        {
            if (handle.IsNil) return;
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition: Note(FullName(reader, (TypeDefinitionHandle)handle)); break;
                case HandleKind.TypeReference: Note(FullName(reader, (TypeReferenceHandle)handle)); break;
                case HandleKind.TypeSpecification: reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null); break;
                case HandleKind.MethodDefinition: Add(reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()); break;
                case HandleKind.FieldDefinition: Add(reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()); break;
                case HandleKind.MemberReference:
                    var member = reader.GetMemberReference((MemberReferenceHandle)handle);
                    Add(member.Parent);
                    if (member.GetKind() == MemberReferenceKind.Method) member.DecodeMethodSignature(this, null);
                    else member.DecodeFieldSignature(this, null);
                    break;
                case HandleKind.MethodSpecification:
                    var method = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                    Add(method.Method);
                    method.DecodeSignature(this, null);
                    break;
                default: break;
            }
        }

        public bool GetTypeFromDefinition(MetadataReader _, TypeDefinitionHandle handle, byte kind) => Note(FullName(reader, handle));

        public bool GetTypeFromReference(MetadataReader _, TypeReferenceHandle handle, byte kind) => Note(FullName(reader, handle));

        public bool GetTypeFromSpecification(MetadataReader _, object? context, TypeSpecificationHandle handle, byte kind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, null);

        public bool GetSZArrayType(bool element) => element;

        public bool GetArrayType(bool element, ArrayShape shape) => element;

        public bool GetByReferenceType(bool element) => element;

        public bool GetPointerType(bool element) => element;

        public bool GetPinnedType(bool element) => element;

        public bool GetGenericInstantiation(bool generic, ImmutableArray<bool> arguments) => generic;

        public bool GetGenericMethodParameter(object? context, int index) => true;

        public bool GetGenericTypeParameter(object? context, int index) => true;

        public bool GetModifiedType(bool modifier, bool unmodified, bool isRequired) => unmodified;

        public bool GetPrimitiveType(PrimitiveTypeCode code) => true;

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => true;

        private bool Note(string to) => uses.Add(new Use(from, to));
    }
}
