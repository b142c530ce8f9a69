using Trama.Framing.Bodies;
using Trama.Tracing;

namespace Trama.Testing.Snapshots;

/// <summary>What a message says beside its name: its body as it is meant, or all of it where its protocol has none.</summary>
internal static class MessageContent
{
    // Their messages have fields before the body, which hold times and ports; what matters of them is in the name.
    private static readonly string[] s_withFields = ["http1", "http2"];

    /// <summary>Its bytes; empty where its name says all of it, or where it would say what is secret.</summary>
    /// <param name="message">The message.</param>
    /// <param name="name">What it is called; empty when it has no name.</param>
    public static ReadOnlySpan<byte> Of(Message message, ReadOnlySpan<byte> name)
    {
        if (message.Body is not null) return message.BodyHead.Span;
        // Three asterisks stand in a name for what nobody else should read.
        if (s_withFields.Contains(message.Protocol) || name.IndexOf("***"u8) >= 0) return [];
        ReadOnlySpan<byte> all = message.Head.Span;
        return all.TrimEnd("\r\n"u8).SequenceEqual(name) ? [] : all;
    }

    /// <summary>Why not all of it is known; null when it is.</summary>
    public static string? ObstacleOf(Message message) => message switch
    {
        { Body: { Obstacle: not BodyObstacle.None } body } => $"of {body.Bytes} bytes of a body not all could be decoded: {body.Obstacle}",
        { Body: not null, IsBodyHeadCut: true } or { Body: null, IsHeadCut: true } =>
            $"a message of {message.Bytes} bytes is too long to be kept",
        _ => null,
    };
}
