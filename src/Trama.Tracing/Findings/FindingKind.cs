namespace Trama.Tracing.Findings;

/// <summary>A finding's flavour, where it changes what to tell people.</summary>
public enum FindingKind : byte
{
    /// <summary>None in particular.</summary>
    Plain,
}
