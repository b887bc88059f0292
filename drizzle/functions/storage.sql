-- Rows of these tables change a few times soon after they were made: room in their pages keeps a change there.
alter table task set (fillfactor = 50);
alter table attempt set (fillfactor = 50);
alter table node set (fillfactor = 50);
alter table run set (fillfactor = 50);
