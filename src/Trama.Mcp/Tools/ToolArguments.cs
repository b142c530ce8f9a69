using System.Text.Json;
using Trama.Cli.ThisProcess;
using Trama.Mcp.Answers;
using Trama.Reports;

namespace Trama.Mcp.Tools;

/// <summary>What a call says.</summary>
internal sealed class ToolArguments
{
    private readonly IDictionary<string, JsonElement> _values;
    private readonly Language _language;

    /// <summary>Takes it.</summary>
    /// <param name="values">The values.</param>
    /// <param name="known">The parameters that there are.</param>
    /// <param name="language">The language of what is refused.</param>
    /// <exception cref="UserError">There is one that no parameter is called.</exception>
    public ToolArguments(IDictionary<string, JsonElement>? values, IReadOnlyList<ToolParameter> known, Language language)
    {
        (_values, _language) = (values ?? new Dictionary<string, JsonElement>(), language);
        if (_values.Keys.FirstOrDefault(name => known.All(parameter => parameter.Name != name)) is { } unknown)
            throw new UserError(language.Pick($"there is no parameter '{unknown}'", $"não há parâmetro '{unknown}'"));
    }

    /// <summary>Which rows are wanted.</summary>
    public RowWindow Window => new(Number(ToolParameter.First, 1, long.MaxValue / 2),
        (int)Number(ToolParameter.Rows, Limits.Rows, Limits.Rows));

    /// <summary>The file.</summary>
    public string File => Text(ToolParameter.File) ?? "";

    /// <summary>A text; null when it is not there.</summary>
    /// <exception cref="UserError">It is none, or has to be there.</exception>
    public string? Text(ToolParameter parameter)
    {
        if (!_values.TryGetValue(parameter.Name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            if (parameter.IsRequired) throw new UserError(_language.Pick($"say '{parameter.Name}'", $"informe '{parameter.Name}'"));
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw new UserError(_language.Pick($"'{parameter.Name}' is to be a text", $"'{parameter.Name}' deve ser um texto"));
    }

    /// <summary>A number from 1 up.</summary>
    /// <exception cref="UserError">It is none.</exception>
    public long Number(ToolParameter parameter, long standard, long most)
    {
        if (!_values.TryGetValue(parameter.Name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return standard;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 1 && number <= most) return number;
        throw new UserError(_language.Pick($"'{parameter.Name}' is to be a number from 1 to {most}",
            $"'{parameter.Name}' deve ser um número de 1 a {most}"));
    }
}
