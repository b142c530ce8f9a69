using System.Text;
using Trama.Framing;

namespace Trama.Cli.Commands.Querying;

/// <summary>Values of an answer as text: what a question builds, or a file of somebody else holds, moves no cursor either.</summary>
internal static class AnswerText
{
    /// <summary>A value, with what is not printable spelled out. A backslash stays one: in tables what a peer said is spelled out
    /// already.</summary>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (VisibleText.IsPlain(utf8)) return Encoding.UTF8.GetString(utf8);
        return VisibleText.Of(utf8).Replace(@"\\", @"\", StringComparison.Ordinal);
    }
}
