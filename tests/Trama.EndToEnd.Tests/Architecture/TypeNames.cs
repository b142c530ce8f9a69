using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Trama.EndToEnd.Tests.Architecture;

/// <summary>
/// The full names of types in compiled code, nested ones behind a plus sign; of a generic one with those of its arguments.
/// </summary>
internal sealed class TypeNames : ISignatureTypeProvider<string, object?>
{
    private const char Between = '|';

    /// <summary>The name of a type that is defined or referred to.</summary>
    public static string Of(MetadataReader reader, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                TypeDefinition type = reader.GetTypeDefinition((TypeDefinitionHandle)handle);
                TypeDefinitionHandle outer = type.GetDeclaringType();
                return outer.IsNil ? Full(reader, type.Namespace, type.Name) : $"{Of(reader, outer)}+{reader.GetString(type.Name)}";
            case HandleKind.TypeReference:
                TypeReference reference = reader.GetTypeReference((TypeReferenceHandle)handle);
                return reference.ResolutionScope.Kind == HandleKind.TypeReference
                    ? $"{Of(reader, reference.ResolutionScope)}+{reader.GetString(reference.Name)}"
                    : Full(reader, reference.Namespace, reference.Name);
            case HandleKind.TypeSpecification:
                return reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new TypeNames(), null);
            default:
                return "";
        }
    }

    /// <summary>All types that a signature names.</summary>
    public static IEnumerable<string> In(string signature) => signature.Split(Between, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The type that a signature names first: of a generic type without its arguments.</summary>
    public static string Plain(string signature) => In(signature).FirstOrDefault("");

    public string GetArrayType(string elementType, ArrayShape shape) => elementType;

    public string GetByReferenceType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) =>
        string.Join(Between, signature.ParameterTypes.Add(signature.ReturnType));

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        string.Join(Between, typeArguments.Insert(0, genericType));

    public string GetGenericMethodParameter(object? genericContext, int index) => "";

    public string GetGenericTypeParameter(object? genericContext, int index) => "";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType;

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "";

    public string GetSZArrayType(string elementType) => elementType;

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Of(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Of(reader, handle);

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle,
        byte rawTypeKind) => Of(reader, handle);

    private static string Full(MetadataReader reader, StringHandle space, StringHandle name) =>
        space.IsNil ? reader.GetString(name) : $"{reader.GetString(space)}.{reader.GetString(name)}";
}
