using Trama.Framing;
using Trama.Mcp.Answers;
using Trama.Mcp.Folders;
using Trama.Mcp.Reading;

namespace Trama.Mcp.Tools;

/// <summary><c>list</c>: the captures below the folder.</summary>
internal sealed class ListTool(CaptureTools tools) : CaptureTool(tools, "list",
    "List the capture files below the folder: path, size in bytes, time of the last change.", ToolParameter.First, ToolParameter.Rows)
{
    /// <inheritdoc/>
    protected override void Write(ToolArguments arguments, Answer answer, CallTime time)
    {
        using var rows = new RowList(arguments.Window);
        long hidden = 0;
        foreach (FoundCapture capture in Tools.Folder.Captures(time.Client))
        {
            if (time.IsOver())
            {
                answer.Cut("the folder was not looked through to its end (--timeout)", "a pasta não foi vista até o fim (--timeout)");
                break;
            }

            bool isHidden = VisibleText.Of(capture.Name) != capture.Name;
            if (isHidden) hidden++;
            if (isHidden || !rows.Begin()) continue;
            rows.Writer.WriteString("file"u8, capture.Name);
            rows.Writer.WriteNumber("bytes"u8, capture.Bytes);
            rows.Writer.WriteString("modifiedAt"u8, capture.ModifiedAt);
            rows.End();
        }

        if (hidden > 0) answer.Cut($"{hidden} files are left out: their names hold characters that cannot be seen",
            $"{hidden} arquivos ficaram de fora: seus nomes têm caracteres que não se veem");
        answer.Add("captures", rows);
    }
}
