using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Trama.Framing;

/// <summary>Reads a framing as a person writes it: <c>http1</c>, <c>delimiter:0d0a</c>, <c>length:u32be+4</c>.</summary>
public static class FramingRuleParser
{
    /// <summary>The largest number of bytes added to a length, or taken from it.</summary>
    public const int MaxAdjustment = 65535;

    /// <summary>The framings that need nothing after their name.</summary>
    public static IReadOnlyList<FramingRule> Plain { get; } =
        [FramingRule.Auto, FramingRule.Turns, FramingRule.Lines, .. FramingRule.OfProtocols, FramingRule.Raw];

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Reads the text of a framing, which is not case sensitive; or of several, apart by commas, each for the port of servers
    /// before it:
    /// <c>9000=http2,5433=postgresql,lines</c>. The one without a port is for all others, <see cref="FramingRule.Auto"/> unless
    /// given.</summary>
    /// <param name="text">What the person wrote.</param>
    /// <param name="rule">The framing, or null when it is refused.</param>
    /// <param name="error">Why it is refused.</param>
    /// <returns>Whether the text names a framing.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out FramingRule? rule, out FramingRuleError error)
    {
        if (text.AsSpan().IndexOfAny('=', ',') < 0) return TryParseOne(text, out rule, out error);
        rule = null;
        FramingRule? otherwise = null;
        var byPort = new Dictionary<int, FramingRule>();
        int start = 0;
        foreach (string part in text.Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            int port = 0;
            bool isPort = equals < 0 || int.TryParse(part.AsSpan(0, equals), NumberStyles.None, CultureInfo.InvariantCulture, out port);
            isPort &= equals < 0 || port is > 0 and <= ushort.MaxValue;
            error = isPort ? default : new FramingRuleError(FramingRuleFault.BadPort, 0);
            if (!isPort || !TryParseOne(part[(equals + 1)..], out FramingRule? one, out error))
            {
                error = error with { Position = start + (isPort ? equals + 1 : 0) + error.Position };
                return false;
            }

            if (equals < 0 ? otherwise is not null : byPort.ContainsKey(port))
            {
                error = new FramingRuleError(FramingRuleFault.Repeated, start);
                return false;
            }

            if (equals < 0) otherwise = one;
            else byPort.Add(port, one);
            start += part.Length + 1;
        }

        rule = FramingRule.ByPort(byPort, otherwise ?? FramingRule.Auto);
        error = default;
        return true;
    }

    private static bool TryParseOne(string text, [NotNullWhen(true)] out FramingRule? rule, out FramingRuleError error)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string name = (colon < 0 ? text : text[..colon]).ToLowerInvariant();
        string? argument = colon < 0 ? null : text[(colon + 1)..];
        rule = null;
        error = name switch
        {
            "delimiter" => Delimiter(argument, out rule),
            "length" => Length(argument, out rule),
            _ => Simple(name, argument, out rule),
        };
        if (argument is not null && error.Fault is not FramingRuleFault.UnknownName and not FramingRuleFault.UnexpectedArgument)
            error = error with { Position = error.Position + colon + 1 };
        else if (error.Fault == FramingRuleFault.MissingArgument)
            error = error with { Position = text.Length };
        return rule is not null;
    }

    private static FramingRuleError Simple(string name, string? argument, out FramingRule? rule)
    {
        rule = Plain.FirstOrDefault(plain => plain.Name == name);
        if (rule is null) return new(FramingRuleFault.UnknownName, 0);
        if (argument is null) return default;
        rule = null;
        return new(FramingRuleFault.UnexpectedArgument, name.Length);
    }

    private static FramingRuleError Delimiter(string? hex, out FramingRule? rule)
    {
        rule = null;
        if (string.IsNullOrEmpty(hex)) return new(FramingRuleFault.MissingArgument, 0);
        int bad = hex.AsSpan().IndexOfAnyExcept(HexDigits);
        if (bad >= 0) return new(FramingRuleFault.BadHex, bad);
        if (hex.Length % 2 != 0) return new(FramingRuleFault.BadHex, hex.Length);
        if (hex.Length > 2 * FramingRule.MaxDelimiter) return new(FramingRuleFault.DelimiterTooLong, 2 * FramingRule.MaxDelimiter);
        rule = FramingRule.Delimiter(Convert.FromHexString(hex));
        return default;
    }

    private static FramingRuleError Length(string? argument, out FramingRule? rule)
    {
        rule = null;
        if (string.IsNullOrEmpty(argument)) return new(FramingRuleFault.MissingArgument, 0);
        int end = argument.AsSpan().IndexOfAny('+', '-');
        if (end < 0) end = argument.Length;
        LengthField? field = argument[..end].ToLowerInvariant() switch
        {
            "u8" => LengthField.U8,
            "u16be" => LengthField.U16BE,
            "u16le" => LengthField.U16LE,
            "u32be" => LengthField.U32BE,
            "u32le" => LengthField.U32LE,
            _ => null,
        };
        if (field is null) return new(FramingRuleFault.UnknownLengthField, 0);

        int adjustment = 0;
        if (end < argument.Length)
        {
            if (!int.TryParse(argument.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out adjustment)
                || adjustment > MaxAdjustment)
            {
                return new(FramingRuleFault.BadAdjustment, end);
            }

            if (argument[end] == '-') adjustment = -adjustment;
        }

        rule = FramingRule.Length(field.Value, adjustment);
        return default;
    }
}
