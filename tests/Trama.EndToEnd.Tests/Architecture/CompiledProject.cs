using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Trama.EndToEnd.Tests.Architecture;

/// <summary>What the compiled code of one project defines, and what it makes use of.</summary>
internal sealed class CompiledProject
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF);

    private readonly MetadataReader _reader;
    private readonly TypeNames _names = new();

    /// <summary>Reads an assembly.</summary>
    public CompiledProject(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        _reader = file.GetMetadataReader();
        foreach (TypeDefinitionHandle handle in _reader.TypeDefinitions) Read(
            file, _reader.GetTypeDefinition(handle), TypeNames.Of(_reader, handle));
    }

    /// <summary>Uses of a type of this project by another type of it: both by their full names.</summary>
    public HashSet<(string From, string To)> TypeUses { get; } = [];

    /// <summary>Methods and fields that people wrote: the type's full name and the member's name.</summary>
    public List<(string Type, string Name)> Members { get; } = [];

    /// <summary>Members that code reads or calls, other than from within themselves: <c>Type.Name</c>.</summary>
    public HashSet<string> Used { get; } = [];

    private void Read(PEReader file, TypeDefinition type, string typeName)
    {
        string from = Outer(typeName);
        Use(from, type.BaseType);
        foreach (InterfaceImplementationHandle handle in type.GetInterfaceImplementations()) Use(
            from, _reader.GetInterfaceImplementation(handle).Interface);
        bool isWritten = !typeName.Contains('<', StringComparison.Ordinal)
            && !IsGenerated(type.GetCustomAttributes(), "GeneratedCodeAttribute");
        // The fields of what the system fills in, or of a row of elements, stand for places in memory.
        bool hasFields = isWritten && !typeName.Contains(".Native.", StringComparison.Ordinal)
            && !IsGenerated(type.GetCustomAttributes(), "InlineArrayAttribute");
        foreach (FieldDefinitionHandle handle in type.GetFields())
        {
            FieldDefinition field = _reader.GetFieldDefinition(handle);
            Use(from, field.DecodeSignature(_names, null));
            string name = _reader.GetString(field.Name);
            if (hasFields && !name.Contains('<', StringComparison.Ordinal)
                && (field.Attributes & (FieldAttributes.Literal | FieldAttributes.SpecialName)) == 0
                && !IsGenerated(field.GetCustomAttributes(), "DecimalConstantAttribute")) Members.Add((typeName, name));
        }

        foreach (MethodDefinitionHandle handle in type.GetMethods())
        {
            MethodDefinition method = _reader.GetMethodDefinition(handle);
            MethodSignature<string> signature = method.DecodeSignature(_names, null);
            foreach (string used in signature.ParameterTypes.Append(signature.ReturnType)) Use(from, used);
            string name = _reader.GetString(method.Name);
            if (isWritten && IsWritten(method, name)) Members.Add((typeName, name));
            if (method.RelativeVirtualAddress != 0) ReadCode(file.GetMethodBody(method.RelativeVirtualAddress), from, $"{typeName}.{name}");
        }
    }

    // What a base type or an interface calls, the compiler writes or the runtime looks for need not be called by name; a property counts
    // by its getter.
    private bool IsWritten(MethodDefinition method, string name) =>
        !method.Attributes.HasFlag(MethodAttributes.Virtual) && !name.Contains('<', StringComparison.Ordinal)
            && !name.Contains('.', StringComparison.Ordinal)
        && !name.StartsWith("set_", StringComparison.Ordinal) && !name.StartsWith("op_", StringComparison.Ordinal)
            && !name.StartsWith("add_", StringComparison.Ordinal) && !name.StartsWith("remove_", StringComparison.Ordinal)
        && name is not ("Deconstruct" or "PrintMembers" or "Equals" or "GetEnumerator")
        && !IsGenerated(method.GetCustomAttributes(), "GeneratedCodeAttribute")
        && (name.StartsWith("get_", StringComparison.Ordinal) || !IsGenerated(method.GetCustomAttributes(), "CompilerGeneratedAttribute"));

    private bool IsGenerated(CustomAttributeHandleCollection attributes, string mark) =>
        attributes.Any(handle => _reader.GetCustomAttribute(handle).Constructor is { Kind: HandleKind.MemberReference } constructor
            && TypeNames.Of(_reader, _reader.GetMemberReference((MemberReferenceHandle)constructor).Parent)
                .EndsWith(mark, StringComparison.Ordinal));

    private void ReadCode(MethodBodyBlock body, string from, string within)
    {
        BlobReader code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            if (value == 0xFE) value = 0xFE00 | code.ReadByte();
            switch (Codes[value].OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    EntityHandle handle = MetadataTokens.EntityHandle(code.ReadInt32());
                    // A field that is only written is used by nobody.
                    ReadToken(handle, from, within, isRead: value is not (0x7D or 0x80));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.InlineSwitch:
                    int targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
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

    private void ReadToken(EntityHandle handle, string from, string within, bool isRead)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                MethodSpecification generic = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                foreach (string argument in generic.DecodeSignature(_names, null)) Use(from, argument);
                ReadToken(generic.Method, from, within, isRead);
                break;
            case HandleKind.MethodDefinition:
                MethodDefinition method = _reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                Member(method.GetDeclaringType(), method.Name);
                break;
            case HandleKind.FieldDefinition:
                FieldDefinition field = _reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                Member(field.GetDeclaringType(), field.Name);
                break;
            case HandleKind.MemberReference:
                MemberReference reference = _reader.GetMemberReference((MemberReferenceHandle)handle);
                Member(reference.Parent, reference.Name);
                break;
            case HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification:
                Use(from, handle);
                break;
        }

        void Member(EntityHandle owner, StringHandle name)
        {
            string type = Use(from, owner), member = $"{TypeNames.Plain(type)}.{_reader.GetString(name)}";
            if (isRead && member != within) Used.Add(member);
        }
    }

    private string Use(string from, EntityHandle handle)
    {
        if (handle.IsNil) return "";
        string to = handle.Kind == HandleKind.TypeSpecification
            ? _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_names, null)
            : TypeNames.Of(_reader, handle);
        Use(from, to);
        return to;
    }

    private void Use(string from, string signature)
    {
        foreach (string to in TypeNames.In(signature)) TypeUses.Add((from, Outer(to)));
    }

    // What the compiler nests, such as the state of a lambda, counts for the type around it.
    private static string Outer(string typeName) => typeName.Split('+')[0];
}
