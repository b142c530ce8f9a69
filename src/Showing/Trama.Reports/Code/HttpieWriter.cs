using System.Text;
using System.Text.Unicode;
using Trama.Framing.Http2.Fields;
using Trama.Tracing;

namespace Trama.Reports.Code;

/// <summary>A request of HTTP in HTTPie's words.</summary>
internal sealed class HttpieWriter(bool withCredentials) : ICodeWriter
{
    private const string Marks = ":;=@";

    /// <inheritdoc/>
    public string Remark => "#";

    /// <inheritdoc/>
    public string? Write(Connection connection, Exchange exchange, IReadOnlyList<HeaderField> fields)
    {
        // HTTPie speaks HTTP/1.1, and makes a URL of every target.
        if (exchange.Protocol != "http1") return null;
        if (HttpRequestParts.Of(exchange, fields, withCredentials) is not { IsPlainTarget: true } request) return null;
        // It takes another method for a URL, and a field in front of which is a hyphen for an option.
        if (!request.Method.All(char.IsAsciiLetter) || !request.Fields.All(CanBeSaid)) return null;
        var line = new StringBuilder();
        bool isPiped = !ShellText.IsArgument(request.Body) || !Utf8.IsValid(request.Body);
        if (isPiped) line.Append(ShellText.Printing(request.Body)).Append(" | ");
        line.Append("http");
        if (!isPiped) line.Append(" --ignore-stdin");
        line.Append(" --path-as-is");
        if (!isPiped && request.Body.Length > 0) line.Append(" --raw=").Append(ShellText.Quote(request.Body));
        line.Append(' ').Append(ShellText.Quote(request.Method)).Append(' ')
            .Append(ShellText.Quote($"{(connection.Tls is null ? "http" : "https")}://{connection.Server}{request.Target}"));
        foreach ((string name, string value) in request.Fields)
        {
            // ':=' and ':@' would be JSON and a file; a space before the value is none of it.
            string field = value.Length == 0 ? $"{name};" : $"{name}: {value}";
            line.Append(' ').Append(ShellText.Quote(Encoding.Latin1.GetBytes(field)));
        }

        return line.ToString();
    }

    // It takes a backslash before a mark of its own away, and has no other way to say both.
    private static bool CanBeSaid((string Name, string Value) field)
    {
        if (field.Name.StartsWith('-')) return false;
        int run = 0;
        foreach (char character in field.Value)
        {
            if (run % 2 == 1 && Marks.Contains(character, StringComparison.Ordinal)) return false;
            run = character == '\\' ? run + 1 : 0;
        }

        return true;
    }
}
