namespace Trama.Lab.Reenacting;

/// <summary>One thing that a program of a scene does.</summary>
/// <param name="Act">What.</param>
/// <param name="Needs">How many bytes of the other side it must have first; the end of its stream counts as one.</param>
/// <param name="AfterNs">How long after that, and after its step before, in nanoseconds.</param>
/// <param name="Bytes">What it writes.</param>
public sealed record SceneStep(SceneAct Act, long Needs, long AfterNs, ReadOnlyMemory<byte> Bytes = default);
