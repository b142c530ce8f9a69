namespace Trama.Namespaces;

/// <summary>A network of its own, or a device in it, cannot be made.</summary>
/// <param name="failure">Why.</param>
/// <param name="step">The step that failed, as the system calls it.</param>
/// <param name="reason">The system's reason.</param>
public sealed class NamespaceException(NamespaceFailure failure, string step, string reason) : Exception($"{step}: {reason}")
{
    /// <summary>Why.</summary>
    public NamespaceFailure Failure { get; } = failure;
}
