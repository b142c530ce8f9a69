namespace Trama.Lab;

/// <summary>The lab cannot be set up.</summary>
/// <param name="failure">Why.</param>
/// <param name="step">The step that failed, as the system calls it.</param>
/// <param name="reason">The system's reason.</param>
public sealed class LabException(LabFailure failure, string step, string reason) : Exception($"{step}: {reason}")
{
    /// <summary>Why.</summary>
    public LabFailure Failure { get; } = failure;
}
