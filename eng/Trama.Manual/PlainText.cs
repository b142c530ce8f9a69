using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Trama.Manual;

/// <summary>The words of Markdown, without its marks.</summary>
internal static class PlainText
{
    /// <summary>The words of a part and of all parts within, a space between two blocks.</summary>
    public static string Of(Block block)
    {
        var text = new StringBuilder();
        Add(block, text);
        return text.ToString().Normalize().Trim();
    }

    private static void Add(Block block, StringBuilder text)
    {
        switch (block)
        {
            case HtmlBlock: break;
            case ContainerBlock container:
                foreach (Block inner in container) Add(inner, text);
                break;
            case LeafBlock { Inline: { } inline }:
                foreach (Inline part in inline.Descendants<Inline>()) text.Append(part switch
                {
                    LiteralInline literal => literal.Content.ToString(),
                    CodeInline code => code.Content,
                    AutolinkInline link => link.Url,
                    LineBreakInline => " ",
                    _ => "",
                });
                text.Append(' ');
                break;
            case CodeBlock code:
                text.Append(code.Lines.ToString().ReplaceLineEndings(" ")).Append(' ');
                break;
        }
    }
}
