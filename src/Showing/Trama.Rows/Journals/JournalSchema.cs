using Trama.Rows.Tables;

namespace Trama.Rows.Journals;

/// <summary>A table as a journal describes it, which another version may have written.</summary>
/// <param name="name">Its name.</param>
/// <param name="columns">Its columns.</param>
internal sealed class JournalSchema(string name, Column[] columns) : TableSchema
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => columns;
}
