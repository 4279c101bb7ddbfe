-- A report is its agency's own; another agency sees it when it is given the PDF or Word file.
CALL locality.protect('impact_report', author => 'author_id', changes => 'owner');
GRANT SELECT, INSERT, UPDATE (state, finished_at, signed) ON impact_report TO locality_app;

CALL locality.protect('impact_block', via => 'report_id', parent => 'impact_report',
    changes => 'owner', adds => 'both');
GRANT SELECT, INSERT, UPDATE (current) ON impact_block TO locality_app;

-- No UPDATE and no DELETE: every version stays as it was written.
CALL locality.protect('impact_blockversion', via => 'block_id', parent => 'impact_block',
    author => 'written_by_id', adds => 'both');
GRANT SELECT, INSERT ON impact_blockversion TO locality_app;

-- What is signed stays as it was signed.
CREATE POLICY only_drafts ON impact_report AS RESTRICTIVE FOR UPDATE TO locality_app
    USING (state = 'draft') WITH CHECK (true);
CREATE POLICY only_drafts ON impact_block AS RESTRICTIVE FOR UPDATE TO locality_app USING (
    EXISTS (SELECT FROM impact_report r WHERE r.id = report_id AND r.state = 'draft'));
CREATE POLICY only_in_drafts ON impact_block AS RESTRICTIVE FOR INSERT TO locality_app WITH CHECK (
    EXISTS (SELECT FROM impact_report r WHERE r.id = report_id AND r.state = 'draft'));
CREATE POLICY only_drafts ON impact_blockversion AS RESTRICTIVE FOR INSERT TO locality_app
    WITH CHECK (EXISTS (SELECT FROM impact_block b JOIN impact_report r ON r.id = b.report_id
                        WHERE b.id = block_id AND r.state = 'draft'));
