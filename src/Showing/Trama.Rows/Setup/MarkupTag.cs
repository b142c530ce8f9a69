using System.Net;

namespace Trama.Rows.Setup;

/// <summary>A tag of XML, as far as configuration files need it: its name, whether it ends an element, and its attributes.</summary>
/// <param name="Name">The name of the element, in the spelling of the file.</param>
/// <param name="IsEnd">Whether it is an end tag.</param>
/// <param name="IsWhole">Whether the element ends with it.</param>
internal sealed record MarkupTag(string Name, bool IsEnd, bool IsWhole)
{
    private readonly Dictionary<string, string> _attributes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>An attribute's value; empty when it has none.</summary>
    public string this[string attribute] => _attributes.GetValueOrDefault(attribute, "");

    /// <summary>The tags of a text, in order; comments, declarations and what is between tags are passed over.</summary>
    public static IEnumerable<MarkupTag> In(string text)
    {
        int at = 0;
        while ((at = text.IndexOf('<', at)) >= 0)
        {
            bool isComment = text.AsSpan(at).StartsWith("<!--");
            string end = isComment ? "-->" : ">";
            int close = text.IndexOf(end, at, StringComparison.Ordinal);
            if (close < 0) yield break;
            if (!isComment && text[at + 1] is not ('?' or '!')) yield return Parse(text[(at + 1)..close]);
            at = close + end.Length;
        }
    }

    private static MarkupTag Parse(string inside)
    {
        string body = inside.Trim('/', ' ', '\t', '\r', '\n');
        int space = body.AsSpan().IndexOfAny(" \t\r\n");
        var tag = new MarkupTag(space < 0 ? body : body[..space], inside.StartsWith('/'), inside.EndsWith('/'));
        ReadOnlySpan<char> rest = space < 0 ? "" : body.AsSpan(space);
        while (rest.IndexOf('=') is > 0 and int equals)
        {
            ReadOnlySpan<char> value = rest[(equals + 1)..].TrimStart();
            if (value.IsEmpty || value[0] is not ('"' or '\'') || value[1..].IndexOf(value[0]) is < 0) break;
            int length = value[1..].IndexOf(value[0]);
            tag._attributes[rest[..equals].Trim().ToString()] = WebUtility.HtmlDecode(value.Slice(1, length).ToString());
            rest = value[(length + 2)..];
        }

        return tag;
    }
}
