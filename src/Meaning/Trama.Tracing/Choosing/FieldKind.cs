namespace Trama.Tracing.Choosing;

/// <summary>What a field of an exchange is compared with.</summary>
public enum FieldKind : byte
{
    /// <summary>A text; with a number, the number that it begins with.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A duration, in nanoseconds: <c>200ms</c>.</summary>
    Duration,

    /// <summary>A size in bytes: <c>64KiB</c>.</summary>
    Size,

    /// <summary>True or false.</summary>
    Flag,
}
