using System.Globalization;
using System.Text;

namespace Trama.Reports.Text;

/// <summary>Builds SVG and HTML. What stands between tags is escaped; numbers are written with a point.</summary>
internal sealed class MarkupText
{
    private readonly StringBuilder _text = new();

    /// <summary>Appends markup. Its placeholders are escaped when they hold text.</summary>
    public MarkupText Add(FormattableString markup)
    {
        object?[] arguments = markup.GetArguments();
        var escaped = new object?[arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            escaped[i] = arguments[i] switch
            {
                string text => Escape(text),
                double number => Math.Round(number, 2),
                MarkupText inner => inner.ToString(),
                var other => other,
            };
        }

        _text.AppendFormat(CultureInfo.InvariantCulture, markup.Format, escaped);
        return this;
    }

    /// <summary>Appends markup that holds nothing from outside.</summary>
    public MarkupText AddMarkup(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
